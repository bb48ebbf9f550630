#!/usr/bin/env python3
"""Golden cases on the real data: each names a rule, asks the program as a user would, and judges
the JSON that it prints. Cases stand in cases.txt, which anyone can extend; prints TAP.

    run.py ENTENTE SOURCE_ROOT [WORD]      WORD: only the cases whose name contains it

A case is a block of lines:
    rule NAME                      what must hold, in words
    data all | only A,B | with F   the workspace: as it is; with these agreements alone; with
                                   the files of fixture/F added (the last two in a copy)
    run ARGUMENTS                  after `entente`; --format json is added
    exit N                         the exit code (default 0)
    some K=V …                     an answer has all of these
    none K=V …                     no answer has all of these
    every K=V …                    every answer has all of these, and there is one
    first K=V …                    the first answer has all of these
    never CODE …                   no answer is by, through or told to the State CODE
    is PATH OP VALUE               of the whole document; OP: = < > <= >= ~ (the list contains)
                                   or has (some item of the list has K=V);
                                   VALUE may be NAME.PATH of a case kept before
    sum PATH = PATH + PATH …       an identity
    keep NAME                      remembers the document under NAME
K~V: the list K contains V."""
import json, os, shlex, shutil, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor


def read_cases(path):
    case, cases = None, []
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.split(" #")[0].rstrip()
        if not line or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word == "rule":
            case = {"rule": rest, "data": "all", "run": None, "exit": 0, "checks": [], "keep": None}
            cases.append(case)
        elif word in ("data", "run", "keep"):
            case[word] = rest
        elif word == "exit":
            case["exit"] = int(rest)
        elif word in ("some", "none", "every", "first", "never", "is", "sum"):
            case["checks"].append((word, rest))
        else:
            sys.exit(f"{path}:{number}: unknown word '{word}'")
    return cases


def workspace(root, data, made):
    """The folder for DATA; copies are made of links, once."""
    source = os.path.join(root, "data")
    if data == "all":
        return source
    if data in made:
        return made[data]
    how, _, names = data.partition(" ")
    folder = tempfile.mkdtemp(prefix="entente-golden-")
    os.mkdir(os.path.join(folder, "agreements"))
    for name in os.listdir(source):
        if os.path.isfile(os.path.join(source, name)):
            os.symlink(os.path.join(source, name), os.path.join(folder, name))
    for name in os.listdir(os.path.join(source, "agreements")):
        if how == "only" and name.split(".")[0] not in names.split(","):
            continue
        os.symlink(os.path.join(source, "agreements", name), os.path.join(folder, "agreements", name))
    if how == "with":
        fixture = os.path.join(root, "tests", "golden", "fixture", names, "agreements")
        for name in os.listdir(fixture):
            shutil.copy(os.path.join(fixture, name), os.path.join(folder, "agreements", name))
    made[data] = folder
    return folder


def has(answer, key_value):
    for op in ("~", "="):
        key, found, value = key_value.partition(op)
        if found:
            break
    got = answer.get(key)
    if op == "~":
        return value in (got or [])
    if isinstance(got, list):
        got = ",".join(str(item) for item in got)
    return ("null" if got is None else str(got)) == value


def at(document, path):
    for part in path.split("."):
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document


def value_of(word, document, kept):
    name, _, path = word.partition(".")
    if name in kept:
        return at(kept[name], path)
    try:
        return json.loads(word)
    except ValueError:
        return word


def compare(left, op, right):
    return {"=": lambda: left == right, "<": lambda: left < right, ">": lambda: left > right,
            "<=": lambda: left <= right, ">=": lambda: left >= right, "~": lambda: right in left,
            "has": lambda: any(has(item, right) for item in left)}[op]()


def mentions(answer, state):
    around = [answer["party"], *answer["via"]]
    around += [step.get(word) for step in answer["steps"] for word in ("by", "whom")]
    return any(who == state or (who or "").startswith(state + ":") for who in around)


def judge(word, rest, document, kept):
    """None, or what is wrong."""
    answers = document.get("answers", []) if isinstance(document, dict) else []
    if word in ("some", "none", "every", "first"):
        wanted = shlex.split(rest)
        hits = [all(has(answer, w) for w in wanted) for answer in answers]
        good = {"some": any(hits), "none": not any(hits), "every": bool(hits) and all(hits), "first": bool(hits) and hits[0]}[word]
        return None if good else f"{word} {rest}: " + "; ".join(f"{a['party']} {a['band']}/{a['certainty']} {a['agreement']}/{a['commitment']} {a['marks']} {a['held']}" for a in answers[:8])
    if word == "never":
        bad = [answer for answer in answers for state in rest.split() if mentions(answer, state)]
        return f"never {rest}: {bad[0]['party']} under {bad[0]['agreement']}" if bad else None
    if word == "sum":
        left, _, right = rest.partition(" = ")
        total = sum(at(document, path.strip()) for path in right.split("+"))
        return None if at(document, left) == total else f"{left} is {at(document, left)}, the parts give {total}"
    path, op, wanted = rest.split(" ", 2)
    got, wanted = at(document, path), value_of(wanted, document, kept)
    return None if compare(got, op, wanted) else f"{path} is {json.dumps(got)[:200]}, not {op} {wanted}"


def run(entente, root, case, made):
    command = [entente, "-w", workspace(root, case["data"], made), *shlex.split(case["run"]), "--format", "json"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return done.returncode, done.stdout, done.stderr


def main():
    entente, root = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    cases = read_cases(os.path.join(root, "tests", "golden", "cases.txt"))
    if len(sys.argv) > 3:
        cases = [case for case in cases if sys.argv[3] in case["rule"] or case["keep"]]
    made, kept, failed = {}, {}, 0
    print(f"1..{len(cases)}")
    try:
        for case in cases:
            workspace(root, case["data"], made)
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda case: run(entente, root, case, made), cases))
        for number, (case, (code, out, err)) in enumerate(zip(cases, results), 1):
            faults = [] if code == case["exit"] else [f"exit {code}, not {case['exit']}: {err.strip()[:400]}"]
            try:
                document = json.loads(out)
                faults += [fault for word, rest in case["checks"] if (fault := judge(word, rest, document, kept))]
                if case["keep"]:
                    kept[case["keep"]] = document
            except (ValueError, KeyError, IndexError, TypeError) as wrong:
                faults.append(f"{type(wrong).__name__}: {wrong}; printed {out[:200]!r} {err.strip()[:200]}")
            print(("not ok" if faults else "ok"), number, "-", case["rule"])
            for fault in faults:
                print("#  ", case["run"])
                print("#  ", fault)
            failed += bool(faults)
    finally:
        for folder in made.values():
            if folder != os.path.join(root, "data"):
                shutil.rmtree(folder)
    sys.exit(1 if failed else 0)


main()
