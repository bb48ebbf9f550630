#!/usr/bin/env python3
"""A workspace in a database, from outside, on the real world: the same answers as from the folder, the same files out as in, every
state kept, alterations found. Prints TAP.

    database.py ENTENTE SOURCE_ROOT"""
import filecmp, json, os, shutil, sqlite3, subprocess, sys, tempfile

ENTENTE, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(ROOT, "tests", "cli"))
DATA = os.path.join(ROOT, "data")
ASKED = ["who --nationality MLT --place SDN --service consular.travel-document --date 2022-06-01 --why --format json",
         "gaps --service consular.welfare --by place --date 2022-06-01 --format csv", "check", "world --date 2022-06-01", "practices --format json",
         "show eu-consular-protection --lang ar", "ready --date 2026-06-01 --format json", "3w --place SDN --date 2022-06-01 --format csv --hxl"]
told = failed = 0


def entente(*words, cwd):
    env = {k: v for k, v in os.environ.items() if k != "ENTENTE_WORKSPACE"}
    env["COLUMNS"] = "80"
    return subprocess.run([ENTENTE, *words], cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test(name, fault):
    global told, failed
    told, failed = told + 1, failed + bool(fault)
    print("not ok" if fault else "ok", told, "-", name)
    for line in str(fault).splitlines() if fault else []:
        print("#  ", line)


def differs(a, b):
    """Files that are in one folder alone, or not the same byte for byte."""
    def files(folder):
        return sorted(os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names)
    if files(a) != files(b):
        return sorted(set(files(a)) ^ set(files(b)))
    return [name for name in files(a) if not filecmp.cmp(os.path.join(a, name), os.path.join(b, name), shallow=False)]


def answers(base):
    for line in ASKED:
        a, b = entente(*line.split(), "-w", DATA, cwd=base), entente(*line.split(), "-w", "sqlite:x.db", cwd=base)
        a.stdout, b.stdout = (out.partition("\nComputed in ")[0] for out in (a.stdout, b.stdout))  # a time, and the workspace's name
        same = (a.returncode, a.stdout, a.stderr) == (b.returncode, b.stdout, b.stderr)
        test(f"database-name: the same from folder and database: {line}", "" if same else b.stdout[-300:] + b.stderr[-300:])
    test("./entente.db is the workspace where none is named", "" if os.rename(os.path.join(base, "x.db"), os.path.join(base, "entente.db")) is None
         and entente("check", cwd=base).returncode == 0 and not os.rename(os.path.join(base, "entente.db"), os.path.join(base, "x.db")) else "no")


def states(base):
    """Changes of every kind; every state comes out as it went in."""
    copy = os.path.join(base, "changed")
    shutil.copytree(DATA, copy)
    kept = [DATA]
    posts = open(os.path.join(copy, "posts.csv"), newline="").read().splitlines(True)
    for number, change in enumerate(["one row", "moved", "without", "page", "agreement"]):
        if change == "one row":
            posts[7] = posts[7].replace("open", "suspended")
        elif change == "moved":
            posts[20], posts[400] = posts[400], posts[20]
        elif change == "without":
            os.remove(os.path.join(copy, "zones.csv"))
            del posts[100:110]
        elif change == "page":
            os.remove(os.path.join(copy, "README.md"))
        else:
            path = os.path.join(copy, "agreements", "eu-consular-protection.yaml")
            text = open(path).read() + "\n# a remark\n"
            open(path, "w").write(text)
        open(os.path.join(copy, "posts.csv"), "w", newline="").write("".join(posts))
        done = entente("import", copy, "-w", "x.db", cwd=base)
        if change == "without" and done.returncode == 2:  # zones are named elsewhere: the workspace is faulty, nothing is taken
            test("a faulty workspace is not taken", "" if "zone" in done.stderr and entente("verify", "-w", "x.db", cwd=base).returncode == 0 else done.stderr)
            shutil.copy(os.path.join(DATA, "zones.csv"), copy)
            done = entente("import", copy, "-w", "x.db", cwd=base)
        test(f"import: {change}", "" if done.returncode == 0 and f"now state {number + 2}" in done.stdout else done.stdout + done.stderr)
        kept.append(os.path.join(base, f"kept{number}"))
        shutil.copytree(copy, kept[-1])
    for number, folder in enumerate(kept, 1):
        out = f"out{number}"
        done = entente("export", out, "-w", f"sqlite:x.db@{number}", cwd=base)
        test(f"round-trip: state {number} comes out byte for byte", done.stderr or differs(folder, os.path.join(base, out)))
    done = entente("export", "out1", "-w", "x.db", cwd=base)
    test("export overwrites nothing", "" if done.returncode == 2 and "not empty" in done.stderr else done.stdout)
    done = entente("import", copy, "-w", "x.db", cwd=base)
    test("empty-import: nothing differs", "" if "nothing differs from state 6" in done.stdout else done.stdout)
    done = entente("diff", "x.db@1", "x.db@2", "--date", "2022-06-01", cwd=base)
    test("diff of two states", "" if done.returncode in (0, 1) and not done.stderr else done.stderr)
    rows = sqlite3.connect(os.path.join(base, "x.db")).execute(
        "SELECT since, count(*) FROM fact WHERE file = 'posts.csv' GROUP BY since ORDER BY since").fetchall()
    test("rows-that-stay: only what differs is new", "" if [n for s, n in rows if s > 1] == [1, 2] else rows)


def copies(base):
    verify = entente("verify", "-w", "x.db", "--format", "json", cwd=base)
    from schema import Schemas
    schemas = Schemas(os.path.join(ROOT, "schema"))
    result = json.loads(verify.stdout)
    test("verify: all as it was written", "" if verify.returncode == 0 and not result["faults"] else verify.stdout)
    test("verify's JSON keeps to its schema", schemas.faults(result, schemas.documents["verify.schema.json"], "verify.schema.json"))
    test("verify's schema refuses a stranger", "" if schemas.faults(dict(result, more=1), schemas.documents["verify.schema.json"], "verify.schema.json") else "no")
    done = entente("backup", "b.db", "-w", "x.db", cwd=base)
    test("backup", done.stderr)
    done = entente("restore", "b.db", "-w", "sqlite:y.db", cwd=base)
    test("restore", "" if done.returncode == 0 and result["root"] in done.stdout else done.stderr)
    test("the restored database has the same journal", "" if entente("verify", "-w", "y.db", "--root", result["root"], cwd=base).returncode == 0 else "no")
    done = entente("backup", "b.db.zst", "-w", "x.db", cwd=base)
    sizes = [os.path.getsize(os.path.join(base, name)) for name in ("b.db", "b.db.zst")]
    test("backup-zstd: a packed backup is less than half", done.stderr or ("" if sizes[1] * 2 < sizes[0] else f"{sizes}"))
    os.rename(os.path.join(base, "b.db.zst"), os.path.join(base, "packed"))
    done = entente("world", "-w", "packed", cwd=base)
    test("backup-zstd: as a workspace it is refused, and restore is named", "" if done.returncode == 2 and "'entente restore packed -w sqlite:FILE'" in done.stderr else done.stderr)
    done = entente("restore", "packed", "-w", "sqlite:q.db", cwd=base)
    test("backup-zstd: it is restored, known by its bytes", "" if done.returncode == 0 and result["root"] in done.stdout else done.stderr)
    test("backup-zstd: the same database", "" if entente("verify", "-w", "q.db", "--root", result["root"], cwd=base).returncode == 0 else "no")
    whole = open(os.path.join(base, "packed"), "rb").read()
    for name, bytes_ in (("cut off", whole[:-5]), ("cut in the middle", whole[:len(whole) // 2]), ("a bit altered", whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:]),
                         ("the checksum altered", whole[:-1] + bytes([whole[-1] ^ 1])), ("followed by something", whole + b"x"), ("twice", whole + whole), ("four bytes", whole[:4])):
        open(os.path.join(base, "broken"), "wb").write(bytes_)
        done = entente("restore", "broken", "-w", "sqlite:v.db", cwd=base)
        left = [file for file in os.listdir(base) if file.startswith("v.db")]
        test(f"backup-zstd: {name}: nothing is restored, nothing is left", "" if done.returncode == 2 and "damaged" in done.stderr and not left else f"{done.returncode} {done.stderr} {left}")
    test("backup-zstd: nothing is left beside a backup", "" if not [file for file in os.listdir(base) if ".new" in file or ".unpacked" in file] else os.listdir(base))
    test("restore overwrites nothing", "" if entente("restore", "b.db", "-w", "sqlite:y.db", cwd=base).returncode == 2 else "it did")
    test("backup overwrites nothing", "" if entente("backup", "b.db", "-w", "x.db", cwd=base).returncode == 2 else "it did")
    old = entente("verify", "-w", "x.db", "--root", "sha256:" + "0" * 64, cwd=base)
    test("cut-journal: a root that the journal never had", "" if old.returncode == 1 and "no state of this journal" in old.stdout else old.stdout)
    return result["root"]


def alterations(base):
    for name, sql, said in [
            ("a row", "UPDATE fact SET cells = replace(cells, 'open', 'shut') WHERE rowid IS NULL OR file = 'posts.csv' AND cells LIKE '%open%'", "posts.csv"),
            ("an agreement", "UPDATE version SET bytes = CAST(bytes || ' ' AS BLOB) WHERE hash IN (SELECT hash FROM document WHERE name = 'agreements/nordic-consular.yaml')", "altered"),
            ("an entry", "DELETE FROM entry WHERE sequence = 3", "entry 3 is missing"),
            ("a document", "DELETE FROM document WHERE name = 'agreements/nordic-consular.yaml'", "nordic-consular.yaml is missing")]:
        shutil.copy(os.path.join(base, "b.db"), os.path.join(base, "z.db"))
        with sqlite3.connect(os.path.join(base, "z.db")) as db:
            db.execute(sql.replace("rowid IS NULL OR ", ""))
        db.close()
        done = entente("verify", "-w", "z.db", cwd=base)
        test(f"verify finds {name} altered, and says which", "" if done.returncode == 1 and said in done.stdout else done.stdout)
    done = entente("restore", "z.db", "-w", "sqlite:w.db", cwd=base)
    test("an altered backup is not restored", "" if done.returncode == 2 and not os.path.exists(os.path.join(base, "w.db")) else done.stdout)
    with open(os.path.join(base, "z.db"), "r+b") as file:
        file.truncate(300000)
    done = entente("verify", "-w", "z.db", cwd=base)
    test("a database cut off is told", "" if done.returncode in (1, 2, 3) and (done.stdout or done.stderr) else "no")
    sqlite3.connect(os.path.join(base, "n.db")).execute("CREATE TABLE t (x)").connection.close()
    done = entente("check", "-w", "n.db", cwd=base)
    test("another program's database is refused", "" if done.returncode == 2 and "not one of this program" in done.stderr else done.stderr)
    with sqlite3.connect(os.path.join(base, "b.db")) as db:
        db.execute("PRAGMA user_version = 50")
    done = entente("check", "-w", "b.db", cwd=base)
    test("a newer schema is refused in words", "" if done.returncode == 2 and "newer version: its schema is 50" in done.stderr else done.stderr)


def main():
    with tempfile.TemporaryDirectory(prefix="entente-database-") as base:
        done = entente("init", DATA, "-w", "sqlite:x.db", cwd=base)
        test("init", "" if done.returncode == 0 and "now state 1" in done.stdout else done.stderr)
        test("init overwrites nothing", "" if entente("init", DATA, "-w", "sqlite:x.db", cwd=base).returncode == 2 else "it did")
        answers(base)
        states(base)
        copies(base)
        alterations(base)
    print(f"1..{told}")
    sys.exit(1 if failed else 0)


main()
