#!/usr/bin/env python3
"""The table of agreements in data/README.md is held to the documents of data/agreements: every id
stands once, under its kind and the basis of its source, with its state where it is not in force and its last
day where it has one.
And each decision of docs/semantics.md is named by a test, but for those that bind whoever writes data.
Prints TAP.

    collection.py ENTENTE SOURCE_ROOT [--write]     --write: makes the table anew"""
import collections, glob, json, os, re, subprocess, sys

BASES = ["text", "excerpt", "general-knowledge", "illustrative"]
HEAD, NEXT = "\n## The agreements\n", "\n## Licences"


def documents(entente, folder):
    """(kind, basis, id, state) of every document, by its canonical form."""
    rows = []
    for path in sorted(glob.glob(os.path.join(folder, "*.yaml"))):
        done = subprocess.run([entente, "fmt", "--json", path], stdout=subprocess.PIPE, text=True, check=True)
        doc = json.loads(done.stdout)
        state = "template" if doc.get("template") else doc["state"][-1]["is"]
        term = doc.get("in-force", {})
        if state == "in-force" and "until" in term and "renews" not in term:
            state = "until " + term["until"]
        rows.append((doc["kind"], doc["source"]["basis"] if "source" in doc else "illustrative", os.path.basename(path)[:-5], state))
    return rows


def table(rows):
    cells = collections.defaultdict(list)
    for kind, basis, name, state in rows:
        cells[kind, basis].append(f"`{name}`" + ("" if state == "in-force" else f" ({state})"))
    lines = [f"{len(rows)} documents by kind and by the basis of the whole (a clause may rest on a weaker or a stronger one); a state other",
             "than in force, or a last day, stands in brackets.", "", "| kind | basis | ids |", "| --- | --- | --- |"]
    for kind, basis in sorted(cells, key=lambda cell: (cell[0], BASES.index(cell[1]))):
        lines.append(f"| {kind} | {basis} | {', '.join(cells[kind, basis])} |")
    return "\n".join(lines) + "\n"


def unnamed(root):
    """The decisions of docs/semantics.md that no file of tests/ names."""
    with open(os.path.join(root, "docs", "semantics.md"), encoding="utf-8") as page:
        sections = re.split(r"(?m)^## ", page.read())[1:]
    names = [name.lower() for section in sections if not section.startswith("The collection")
             for name in re.findall(r"(?m)^- \*\*(.+?)\.\*\*", section)]
    tests = ""
    for path in glob.glob(os.path.join(root, "tests", "**", "*"), recursive=True):
        if os.path.isfile(path) and not path.endswith(".pyc"):
            with open(path, encoding="utf-8", errors="replace") as file:
                tests += file.read().lower()
    twice = [name for name, count in collections.Counter(names).items() if count > 1]
    flat = re.sub(r"[-_ ]+", " ", tests)
    return len(names), [name for name in names if re.sub(r"[-_ ]+", " ", name) not in flat] + twice


def main():
    entente, root = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    path = os.path.join(root, "data", "README.md")
    text = open(path, encoding="utf-8").read()
    start, end = text.index(HEAD) + len(HEAD), text.index(NEXT)
    wanted, found = table(documents(entente, os.path.join(root, "data", "agreements"))), text[start:end]
    if "--write" in sys.argv:
        with open(path, "w", encoding="utf-8") as out:
            out.write(text[:start] + wanted + text[end:])
        return 0
    print("ok" if wanted == found else "not ok", 1, "- the table of data/README.md names every agreement")
    for line in wanted.splitlines():
        if line not in found.splitlines():
            print("#   missing:", line[:160])
    if wanted != found:
        print("#   tests/cli/collection.py ENTENTE ROOT --write makes it anew")
    count, missing = unnamed(root)
    good = count > 100 and not missing
    print("ok" if good else "not ok", 2, "- each decision of docs/semantics.md has one name, and a test that bears it")
    for name in missing:
        print("#   no test, or two decisions:", name)
    print("1..2")
    return wanted != found or not good


sys.exit(main())
