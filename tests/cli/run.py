#!/usr/bin/env python3
"""The command line from outside, case by case on a copy of small/; prints TAP.

    run.py ENTENTE SOURCE_ROOT [WORD]      WORD: only the cases whose name contains it

A case is a block of lines (%XX is a byte, @W the workspace, @TWIN another copy, unchanged, @EMPTY an empty folder):
    test NAME                  a case;   bad NAME: the workspace is faulty: `check` must say so
                               with exit 1, `who` with exit 2 and nothing on standard output
    change FILE: OLD => NEW    once in the copy;   append FILE: TEXT   write FILE: TEXT
    copy FILE NEW   remove FILE   large FILE BYTES
    run [-noworkspace|-here|-environment|-wide|-narrow|-full] ARGUMENTS      then ARGUMENTS: a second run
    in TEXT                    standard input
    exit N                     default 0
    out TEXT   err TEXT   no-out TEXT   lines N   width N   silent   says TEXT"""
import os, re, shlex, shutil, subprocess, sys, tempfile, unicodedata
from urllib.parse import unquote_to_bytes

SETUP = ("change", "append", "write", "copy", "remove", "large")
WORDS = SETUP + ("run", "then", "in", "exit", "out", "err", "no-out", "lines", "width", "silent", "says")


def read_cases(path):
    cases = []
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if not line.strip() or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word in ("test", "bad"):
            cases.append((word, rest, []))
        elif word in WORDS:
            cases[-1][2].append((word, rest))
        else:
            sys.exit(f"{path}:{number}: unknown word '{word}'")
    return cases


def prepare(folder, word, rest):
    name, _, text = rest.partition(": ")
    path = os.path.join(folder, name)
    if word == "change":
        old, _, new = text.partition(" => ")
        content = open(path, "rb").read()
        assert unquote_to_bytes(old) in content, f"{name} has no '{old}'"
        content = content.replace(unquote_to_bytes(old), unquote_to_bytes(new), 1)
        open(path, "wb").write(content)
    elif word in ("append", "write"):
        open(path, "ab" if word == "append" else "wb").write(unquote_to_bytes(text))
    elif word == "copy":
        source, new = rest.split()
        shutil.copy(os.path.join(folder, source), os.path.join(folder, new))
    elif word == "remove":
        os.remove(os.path.join(folder, rest))
    elif word == "large":
        name, size = rest.split()
        with open(os.path.join(folder, name), "ab") as file:
            file.truncate(int(size))


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


class Runner:
    def __init__(self, entente, root):
        self.entente, self.small = entente, os.path.join(root, "tests", "cli", "small")

    def entente_run(self, base, arguments, text=b""):
        folder, empty = os.path.join(base, "w"), os.path.join(base, "empty")
        words = [unquote_to_bytes(word.replace("@W", folder).replace("@EMPTY", empty).replace("@TWIN", os.path.join(base, "twin")))
                 for word in shlex.split(arguments)]
        env = {k: v for k, v in os.environ.items() if k not in ("ENTENTE_WORKSPACE", "COLUMNS")}
        env["COLUMNS"] = "80"
        flags = {b"-noworkspace", b"-here", b"-environment", b"-wide", b"-narrow", b"-full"}
        given = {word for word in words[:1] if word in flags}
        words = [word for word in words if word not in given]
        if b"-wide" in given:
            env["COLUMNS"] = "120"
        if b"-narrow" in given:
            env["COLUMNS"] = "40"
        if b"-environment" in given:
            env["ENTENTE_WORKSPACE"] = folder
        if not given & {b"-noworkspace", b"-here", b"-environment"}:
            words = [b"-w", folder.encode(), *words]
        cwd = folder if b"-here" in given else empty
        if b"-full" in given:
            with open("/dev/full", "wb") as full:
                done = subprocess.run([self.entente.encode(), *words], cwd=cwd, env=env, input=text,
                                      stdout=full, stderr=subprocess.PIPE)
            done.stdout = b""
            return done
        return subprocess.run([self.entente.encode(), *words], cwd=cwd, env=env, input=text,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def judge(self, done, steps):
        out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        flat_out, flat_err = re.sub(r"\n +", " ", out), re.sub(r"\n +", " ", err)
        wanted = int(dict(steps).get("exit", 0))
        if done.returncode != wanted:
            yield f"exit {done.returncode}, not {wanted}"
        for word, rest in steps:
            if word == "out" and rest not in out and rest not in flat_out:
                yield f"standard output lacks: {rest}"
            elif word == "err" and rest not in err and rest not in flat_err:
                yield f"standard error lacks: {rest}"
            elif word == "no-out" and rest in out:
                yield f"standard output has: {rest}"
            elif word == "lines" and len(out.splitlines()) != int(rest):
                yield f"{len(out.splitlines())} lines, not {rest}"
            elif word == "width":
                wide = [line for line in out.splitlines() if columns(line) > int(rest)]
                if wide:
                    yield f"wider than {rest}: {wide[0]}"
            elif word == "silent" and out:
                yield "standard output is not empty"

    def test(self, base, steps):
        text = next((unquote_to_bytes(rest) for word, rest in steps if word == "in"), b"")
        runs = [rest for word, rest in steps if word in ("run", "then")]
        for arguments in runs:
            done = self.entente_run(base, arguments, text)
        faults = list(self.judge(done, steps))
        return faults and faults + [done.stdout.decode(errors="replace")[-600:], done.stderr.decode(errors="replace")[-600:]]

    def bad(self, base, steps):
        says = [rest for word, rest in steps if word == "says"]
        check = self.entente_run(base, "check")
        who = self.entente_run(base, "who --nationality AAA --place BBB --service relief.food --date 2022-06-01")
        told = check.stdout.decode(errors="replace")
        faults = [f"check does not say: {text}" for text in says if text not in told]
        faults += [f"who does not say: {text}" for text in says if text not in who.stderr.decode(errors="replace")]
        if check.returncode != 1:
            faults.append(f"check: exit {check.returncode}, not 1")
        if who.returncode != 2:
            faults.append(f"who: exit {who.returncode}, not 2")
        if who.stdout:
            faults.append("who printed an answer")
        return faults and faults + [told[-600:], check.stderr.decode(errors="replace")[-300:]]

    def case(self, kind, steps):
        base = tempfile.mkdtemp(prefix="entente-cli-")
        try:
            folder = os.path.join(base, "w")
            shutil.copytree(self.small, folder, copy_function=shutil.copyfile)
            if any("@TWIN" in rest for _, rest in steps):
                shutil.copytree(self.small, os.path.join(base, "twin"), copy_function=shutil.copyfile)
            os.mkdir(os.path.join(base, "empty"))
            for word, rest in steps:
                if word in SETUP:
                    prepare(folder, word, rest)
            return self.bad(base, steps) if kind == "bad" else self.test(base, steps)
        finally:
            shutil.rmtree(base)


def main():
    runner = Runner(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]))
    cases = read_cases(os.path.join(sys.argv[2], "tests", "cli", "cases.txt"))
    if len(sys.argv) > 3:
        cases = [case for case in cases if sys.argv[3] in case[1]]
    failed = 0
    print(f"1..{len(cases)}")
    for number, (kind, name, steps) in enumerate(cases, 1):
        try:
            faults = runner.case(kind, steps)
        except AssertionError as wrong:
            faults = [str(wrong)]
        print("not ok" if faults else "ok", number, "-", ("bad input: " if kind == "bad" else "") + name)
        for fault in faults:
            for line in fault.splitlines():
                print("#  ", line)
        failed += bool(faults)
    sys.exit(1 if failed else 0)


main()
