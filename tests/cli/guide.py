#!/usr/bin/env python3
"""The guide's examples are tests, and the README's: every ```console block is run from the root of
the sources and its output compared, byte for byte. A line "…" stands for any lines; "[exit N]" at
the end of an output says the exit code. Prints TAP.

    guide.py ENTENTE SOURCE_ROOT [--write]     --write: puts what is printed into the pages,
                                               except where an output is cut by "…"
A block may hold several commands, each after "$ "; a line that ends in \\ goes on."""
import os, re, shlex, subprocess, sys, tempfile

BLOCK = re.compile(r"```console\n(.*?)```\n", re.S)


def commands(block):
    """(command as shown, output as shown) pairs."""
    pairs = []
    for line in block.splitlines():
        if pairs and pairs[-1][0].endswith("\\"):
            pairs[-1][0] += "\n" + line
        elif line.startswith("$ "):
            pairs.append([line[2:], []])
        else:
            pairs[-1][1].append(line)
    return pairs


def run(entente, root, shown):
    env = {k: v for k, v in os.environ.items() if k != "ENTENTE_WORKSPACE"}
    env["COLUMNS"] = "80"
    # Not a database that `make run` may have left in the folder.
    env["ENTENTE_WORKSPACE"] = "data"
    if shown.startswith(("sed ", "build/entente init ")):  # it writes a file: by the shell, in a folder of its own
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "build"))
            os.symlink(entente, os.path.join(folder, "build", "entente"))
            os.symlink(os.path.join(root, "data"), os.path.join(folder, "data"))
            return done_lines(subprocess.run(shown, shell=True, cwd=folder, env=env, capture_output=True, text=True))
    words = shlex.split(shown.replace("\\\n", " "))
    text = ""
    if words[0] == "printf":
        bar = words.index("|")
        text, words = words[1].encode().decode("unicode_escape"), words[bar + 1:]
    assert words[0] in ("entente", "build/entente"), shown
    return done_lines(subprocess.run([entente, *words[1:]], cwd=root, env=env, input=text, capture_output=True, text=True))


def done_lines(done):
    lines = done.stdout.splitlines() if done.stdout else done.stderr.splitlines()
    return lines + ([f"[exit {done.returncode}]"] if done.returncode else [])


def alike(shown, got):
    """Do the lines GOT fit SHOWN, where "…" is any number of lines?"""
    if not shown:
        return not got
    if shown[0].strip() == "…":
        return any(alike(shown[1:], got[i:]) for i in range(len(got) + 1))
    return bool(got) and shown[0] == got[0] and alike(shown[1:], got[1:])


def first_difference(shown, got):
    for a, b in zip(shown, got):
        if a != b:
            return f"page: {a}\n#   now:  {b}"
    return f"{len(shown)} lines on the page, {len(got)} now"


def main():
    entente, root = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    number = failed = 0
    for page in ("README.md", "docs/guide.md"):
        number, failed = run_page(entente, root, page, number, failed)
    if number:
        print(f"1..{number}")
        sys.exit(1 if failed else 0)
    sys.exit(0 if "--write" in sys.argv else 1)


def run_page(entente, root, page, number, failed):
    path = os.path.join(root, page)
    text = open(path, encoding="utf-8").read()
    if "--write" in sys.argv:
        def renew(match):
            out = []
            for shown, lines in commands(match.group(1)):
                cut = any(line.strip() == "…" for line in lines)
                out += ["$ " + shown] + (lines if cut else run(entente, root, shown))
            return "```console\n" + "\n".join(out) + "\n```\n"
        open(path, "w", encoding="utf-8").write(BLOCK.sub(renew, text))
        return 0, 0
    for block in BLOCK.findall(text):
        for shown, lines in commands(block):
            number += 1
            got = run(entente, root, shown)
            good = alike(lines, got)
            failed += not good
            print("ok" if good else "not ok", number, "-", page, " ".join(shown.split()))
            if not good:
                print("#  ", first_difference(lines, got))
    return number, failed


main()
