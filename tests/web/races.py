#!/usr/bin/env python3
"""A server that was built with ThreadSanitizer, asked by many at once: every address of the table of routes, each analysis in several questions at a
time, find help and who by POST, while its database is changed by other processes, SIGHUP comes, and at the end while it drains. Prints TAP and its seed.

    races.py ENTENTE SOURCE_ROOT [SEED]

A report of ThreadSanitizer, of the server or of who imports, is a failure; so is an address that nobody got an answer from."""
import collections, csv, glob, html, http.client, json, os, random, re, shutil, signal, subprocess, sys, tempfile, threading, time, urllib.parse
from serve import ENTENTE, QUESTION, ROOT, SMALL, Server, results, routes, test

SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 31)
CLIENTS = 16
OF_A_PATTERN = 5  # addresses asked of a pattern with a star
BURST = 3  # each kind of question comes in each round, as so many at once
SECONDS_MAX = 200  # of a busy machine
FEW = ("MOZ", "LBY")
LANGUAGES = ("en", "fr", "es", "ar")
REPORT = re.compile(r"WARNING: ThreadSanitizer.*?(?=\n={18}|\Z)", re.S)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
ANALYSES = ("/gaps", "/overlaps", "/unknowns", "/readiness", "/advice")


def crawl(server, table):
    """Addresses for each pattern that can be asked by GET: what pages lead to."""
    patterns = {pattern: re.compile(re.escape(pattern).replace(r"\*", ".+")) for pattern, methods in table.items() if "GET" in methods}
    found = {pattern: [] if "*" in pattern else [pattern] for pattern in patterns}
    todo = [pattern for pattern in patterns if "*" not in pattern and ".csv" not in pattern]
    for path in todo:  # which grows
        code, headers, text = server.ask("GET", path)
        if code != 200 or not headers["content-type"].startswith("text/html"):
            continue
        for link in map(html.unescape, sorted(set(re.findall(r'(?:href|src|action)="(/[^"#]*)', text.decode("utf-8", "replace"))))):
            pattern = max((p for p, form in patterns.items() if form.fullmatch(link.partition("?")[0])), key=len, default=None)
            if pattern and link not in found[pattern] and len(found[pattern]) < OF_A_PATTERN:
                found[pattern].append(link)
                todo.append(link)
            if re.match(r"/advice/\S+\.yaml", link) and len(found.setdefault("drafts", [])) < OF_A_PATTERN:
                found["drafts"].append(link)
            if re.match(r"/agreements/[^/?]+[?]?", link) and len(found.setdefault("adds", [])) < OF_A_PATTERN:
                found["adds"].append(re.match(r"/agreements/[^/?]+", link)[0] + "/adds")
    del found["/api/v1/who"]  # asked with its question by questions()
    return found


def questions(server, found, nationality, place, document):
    """What is asked, by kind: lists of (method, address, body, headers)."""
    kinds = {pattern: [("GET", link, None, {}) for link in links] for pattern, links in found.items()}
    services = re.findall(r'<option value="([a-z]+\.[a-z-]+)"', server.ask("GET", "/gaps?lang=en")[2].decode())
    agreements = [item["id"] for item in json.loads(server.ask("GET", "/api/v1/agreements?limit=12")[2])["items"]]
    for path in ANALYSES:
        asked = [f"agreement={a}" for a in agreements] if path == "/readiness" else [f"service={s}" for s in services]
        kinds[path + " many"] = [("GET", f"{path}?{one}&lang={lang}", None, {"Accept-Encoding": "gzip"} if lang < "f" else {}) for one in asked for lang in LANGUAGES]
        kinds["/api/v1" + path + " many"] = [("GET", f"/api/v1{path}?{one}&limit=3", None, {}) for one in asked]
    person = {"nationality": nationality, "place": place}
    who = json.dumps({**QUESTION, "nationality": [nationality], "place": place}).encode()
    helped = urllib.parse.urlencode({**person, "need": "passport-lost", "words": "I lost my pasport. I was not paid."}).encode()
    kinds["POST who"] = [("POST", "/api/v1/who", who, JSON)]
    kinds["GET who"] = [("GET", "/api/v1/who?" + urllib.parse.urlencode({**QUESTION, **person}), None, {})]
    kinds["POST help"] = [("POST", f"/help?lang={lang}", helped, FORM) for lang in (*LANGUAGES, "fa", "sw")]
    page = server.ask("POST", "/help", helped, FORM)[2].decode()
    card = urllib.parse.urlencode({"text": html.unescape(re.search(r'name="text" value="([^"]*)"', page)[1])}).encode()
    kinds["POST card"] = [("POST", "/help/card", card, FORM)]
    kinds["POST api help"] = [("POST", "/api/v1/help", json.dumps({"nationality": [nationality], "place": place, "needs": ["passport-lost", "food"]}).encode(), JSON)]
    kinds["POST verify"] = [("POST", "/verify", urllib.parse.urlencode({"document": document}).encode(), FORM)]
    kinds["wrong"] = [("GET", path, None, {}) for path in ("/nothing", "/gaps?service=x", "/places/QQQ", "/agreements/nobody", "/api/v1/gaps?limit=-1")]
    kinds["wrong"] += [("POST", "/api/v1/who", b"{", JSON), ("POST", "/help", b"need=x", FORM)]
    return kinds


class Client(threading.Thread):
    """Asks what is left to be asked, keeping its connection; ANSWERED counts answers by kind and status, 0 for none."""

    def __init__(self, port, todo):
        super().__init__(daemon=True)
        self.port, self.todo, self.answered = port, todo, collections.Counter()
        self.start()

    def run(self):
        line = None
        while self.todo:
            try:
                kind, (method, path, body, headers) = self.todo.popleft()
                line = line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_MAX)
                line.request(method, path, body, headers)
                answer = line.getresponse()
                answer.read()
                self.answered[kind, answer.status] += 1
                if len(self.todo) % 20 == 0:
                    line.close()
            except IndexError:
                break
            except (OSError, http.client.HTTPException):
                line.close()
                line = None
                self.answered[kind, 0] += 1


class Writer(threading.Thread):
    """Changes the database each time that it is WANTED, by a process that opens and closes it, and now and then tells the server to look."""

    def __init__(self, server, folder, database):
        super().__init__(daemon=True)
        self.server, self.folder, self.database, self.wanted = server, folder, database, threading.Semaphore(0)
        self.ending, self.changes, self.told = False, 0, []
        self.start()

    def run(self):
        path = sorted(glob.glob(os.path.join(self.folder, "practices", "*.md")))[0]
        with open(path, encoding="utf-8") as file:
            text = file.read().rstrip()
        while self.wanted.acquire() and not self.ending:
            with open(path, "w", encoding="utf-8") as file:
                file.write(f"{text}\n\nWord{self.changes}.\n")
            done = subprocess.run([ENTENTE, "import", self.folder, "-w", self.database], capture_output=True)
            if done.returncode:
                self.told.append(done.stderr.decode("utf-8", "replace"))
            self.changes += done.returncode == 0
            if self.changes % 3 == 0:
                self.server.process.send_signal(signal.SIGHUP)


def world_of_few(base):
    """The collection with all its documents, its people and posts of a few countries: under ThreadSanitizer the whole takes a minute to read."""
    folder = os.path.join(base, "few")
    shutil.copytree(os.path.join(ROOT, "data"), folder)
    for name, column in (("people.csv", "place"), ("posts.csv", "receiving")):
        path = os.path.join(folder, name)
        with open(path, newline="", encoding="utf-8") as file:
            head, *rows = csv.reader(file)
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([head] + [row for row in rows if row[head.index(column)] in FEW])
    return folder


def ask_all(server, writer, kinds, draw, rounds):
    """All kinds, mixed, by many, with a few changes in each of so many ROUNDS; then SIGTERM while the rest of what is there is asked. What was answered, by kind and status."""
    todo = collections.deque()
    for _ in range(rounds):
        for kind in draw.sample(sorted(kinds), len(kinds)):
            todo += [(kind, draw.choice(kinds[kind])) for _ in range(BURST)]
    whole, changes, end = len(todo), 0, time.monotonic() + SECONDS_MAX
    clients = [Client(server.port, todo) for _ in range(CLIENTS)]
    while todo and time.monotonic() < end:
        if whole - len(todo) >= changes * whole / (3 * rounds):
            changes += 1
            writer.wanted.release()
        time.sleep(0.05)
    todo.clear()
    for client in clients:
        client.join(SECONDS_MAX)
    todo += [(kind, draw.choice(kinds[kind])) for kind in draw.sample(sorted(kinds), len(kinds))]
    ending = [Client(server.port, todo) for _ in range(CLIENTS)]
    time.sleep(0.2)
    server.process.send_signal(signal.SIGTERM)
    for client in ending:
        client.join(SECONDS_MAX)
    return sum((client.answered for client in clients), collections.Counter())


def races(base, name, source, person, rounds):
    folder, database = os.path.join(base, name), "sqlite:" + os.path.join(base, name + ".db")
    started = time.monotonic()
    shutil.copytree(source, folder)
    subprocess.run([ENTENTE, "init", folder, "-w", database], check=True, stdout=subprocess.DEVNULL)
    server = Server(database, None, "--threads", "4")
    with open(sorted(glob.glob(os.path.join(folder, "agreements", "*.yaml")))[0], encoding="utf-8") as file:
        kinds = questions(server, crawl(server, routes(server)), *person, file.read())
    empty = [kind for kind, each in kinds.items() if not each]
    test(f"{name}: each address has an example", "" if not empty else f"{empty}")
    writer = Writer(server, folder, database)
    answered = ask_all(server, writer, {kind: each for kind, each in kinds.items() if each}, random.Random(SEED), rounds)
    writer.ending = True
    writer.wanted.release()
    try:
        code = server.process.wait(60)
    except subprocess.TimeoutExpired:
        server.process.kill()
        code = "it hangs"
    writer.join()
    reports = REPORT.findall(server.lines()) + writer.told
    test(f"{name}: no race", f"{len(reports)} reports" if reports else "")
    for report in reports[:5]:
        print("\n".join("# " + line for line in report.splitlines()[:60]))
    test(f"{name}: it ends well", "" if code == 0 and "stopped" in server.lines() else f"{code}")
    never = [kind for kind in kinds if kind != "wrong" and not answered[kind, 200]]
    test(f"{name}: each address was answered", "" if not never else f"{[(key, n) for key, n in answered.items() if key[0] in never]} {never}")
    faults = {key: n for key, n in answered.items() if key[1] >= 500 or key[1] == 0}
    test(f"{name}: and none by a fault of the server", "" if not faults else f"{faults}")
    test(f"{name}: the database changed meanwhile", "" if writer.changes > 1 and "reloaded: state" in server.lines() else f"{writer.changes}")
    print(f"# figure: {sum(answered.values())} answers, {writer.changes} changes, {server.lines().count('reloaded: state')} states in {time.monotonic() - started:.0f} s")


def main():
    print(f"# seed {SEED}")
    with tempfile.TemporaryDirectory() as base:
        races(base, "small", SMALL, ("AAA", "BBB"), 4)
        races(base, "few", world_of_few(os.path.join(base, "source")), ("PRT", "MOZ"), 1)
    print(f"1..{sum(results)}")
    sys.exit(1 if results[1] else 0)


if __name__ == "__main__":
    main()
