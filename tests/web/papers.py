#!/usr/bin/env python3
"""Papers over loopback: Guideline 7 and its print, versions of agreements and what differs, verification, the feed of changes and the calendar.
Prints TAP.

    papers.py ENTENTE SOURCE_ROOT"""
import datetime, glob, hashlib, html, json, os, re, shutil, subprocess, sys, tempfile, time, urllib.parse, xml.etree.ElementTree
from serve import ENTENTE, ROOT, SMALL, Server, fields, problem, results, test

DATA = os.path.join(ROOT, "data")
LANGUAGES = ("en", "fr", "es", "ar")


def page(server, path):
    code, headers, text = server.ask("GET", path)
    return text.decode() if code == 200 and headers["content-type"].startswith("text/html") else f"{code}"


def template(base):
    """The small workspace with two templates: one between blanks, one that names a party."""
    folder = os.path.join(base, "template")
    shutil.copytree(SMALL, folder)
    text = open(os.path.join(folder, "agreements", "own.yaml"), encoding="utf-8").read()
    text = text.replace("state: [ { is: in-force, from: 1967-03-19 } ]", "template: true").replace("visibility: public", "visibility: parties")
    for name, party in (("open", "⟨state⟩"), ("kept", "AAA")):
        with open(os.path.join(folder, "agreements", name + ".yaml"), "w", encoding="utf-8") as file:
            file.write(text.replace("agreement: own", f'agreement: "⟨{name}⟩"').replace("group:all", party).replace("{ from: 1967-03-19 }", '{ from: "⟨date⟩" }'))
    return folder


def templates(base):
    server = Server(template(base))
    code = {name: server.ask("GET", f"/agreements/{name}")[0] for name in ("open", "kept")}
    test("template-open: a form between blanks is open to everyone, one that names a party is not", "" if code == {"open": 200, "kept": 404} else f"{code}")
    listed = [row["agreement"] for row in fields(server.ask("GET", "/agreements.csv?state=template")[2])]
    test("template-open: the list has the one and not the other", "" if listed == ["open"] else f"{listed}")
    server.stop()


def guideline(server):
    for lang in LANGUAGES:
        text = page(server, f"/guidelines/7?lang={lang}")
        points = re.findall(r'<ol class="govuk-list.*?</ol>', text, re.S)
        fault = "" if len(points) == 1 and points[0].count("<li>") == 9 else "not nine provisions"
        linked = re.findall(r'href="/agreements/state-io-evacuation\?lang=' + lang, points[0]) if points else []
        fault = fault or ("" if len(linked) == 11 else f"{len(linked)} clauses of the template")
        prints = re.findall(r'class="govuk-button" href="([^"]*)"', text)
        want = [f"/guidelines/7?print={kind}&amp;lang={lang}" for kind in ("guideline", "with-practices")]
        test(f"the guideline in {lang}: each provision with its clause, and two prints", fault or ("" if prints == want else f"{prints}"))
    rows = fields(server.ask("GET", "/practices.csv?guideline=7")[2])
    text = page(server, "/guidelines/7?lang=en")
    shown = [html.unescape(name) for name in re.findall(r'href="/practices/([^"?]*)\?lang=en"[^>]*>', text[text.index('id="practices"'):])]
    test("its practices are those of the list", "" if rows and shown == [row["practice"] for row in rows] else f"{shown}")
    test("and their CSV is beside them", "" if 'href="/practices.csv?guideline=7"' in text else "no")
    for kind, count in re.findall(r'href="/agreements\?state=in-force&amp;kind=([a-z-]*)&amp;lang=en"><bdi>[^<]*</bdi></a> \(<bdi>(\d+)</bdi>', text):
        got = len(fields(server.ask("GET", f"/agreements.csv?state=in-force&kind={kind}")[2]))
        test(f"in force on record, {kind}: as many as the list has", "" if got == int(count) else f"{got}, not {count}")
    for number in ("1", "8", "15"):
        want = [row["practice"] for row in fields(server.ask("GET", f"/practices.csv?guideline={number}")[2])]
        text = page(server, f"/practices?guideline={number}&lang=en")
        test(f"practices of guideline {number}", "" if len(want) == text.count('<th scope="row"') and f'value="{number}" selected' in text else f"{want}")
    for number in ("0", "16", "x", "-1", "7.0"):
        code, headers, text = server.ask("GET", f"/practices?guideline={number}")
        test(f"guideline={number}: a fault at its field", "" if code == 422 and 'id="guideline-error"' in text.decode() else f"{code}")


def guideline_print(server):
    alone, whole = (page(server, f"/guidelines/7?print={kind}&lang=en") for kind in ("guideline", "with-practices"))
    for name, text in (("guideline", alone), ("with practices", whole)):
        test(f"guideline-print: {name} has no navigation, no button, and its sources",
             "" if "cx-nav" not in text and "govuk-button" not in text and "https://micicinitiative.iom.int/" in text else text[:300])
    titles = [row["title"] for row in fields(server.ask("GET", "/practices.csv?guideline=7")[2])]
    have = {"alone": [title for title in titles if title in html.unescape(re.sub(r"<li>.*?</li>", "", alone, flags=re.S))],
            "whole": [title for title in titles if f">{title}</h3>" in html.unescape(whole)]}
    test("guideline-print: practices are whole in the one and not in the other", "" if have == {"alone": [], "whole": titles} else f"{have}")
    test("guideline-print: what a practice says is in its print, and on what it rests", "" if "presidency goes round in alphabetical order" in whole
         and "ValleyCentral on the first year" in whole and "Not confirmed by any source seen" in whole else "no")
    problem("a print that is none", server.ask("GET", "/guidelines/7?print=all"), 422)
    for path in ("/guidelines/8", "/guidelines/", "/guidelines/7/x"):
        code, headers, text = server.ask("GET", path)
        test(f"{path}: where to go on", "" if code == 404 and 'href="/guidelines/7"' in text.decode() else f"{code}")
    small = Server(SMALL)
    text = page(small, "/guidelines/7?lang=en")
    test("without templates the points stand without clauses", "" if text.count("<li>") > 20 and "/agreements/state-io" not in text else text[:300])
    small.stop()


# ---- versions and verification ----

FORM = "application/x-www-form-urlencoded"


def run(*arguments):
    return subprocess.run([ENTENTE, *arguments], check=True, stdout=subprocess.PIPE).stdout.decode()


def edit(path, *changes):
    text = open(path, encoding="utf-8").read()
    for old, new in changes:
        assert old in text, (path, old)
        text = text.replace(old, new)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def history(base):
    """A database with six states of the small workspace: own.yaml as it is; kept from the public; open again with more bread; with a comment alone;
    with a party that is taken away; without the hundredth person. Gives the database and the text of each state."""
    folder, database = os.path.join(base, "h"), "sqlite:" + os.path.join(base, "h.db")
    shutil.copytree(SMALL, folder)
    own = os.path.join(folder, "agreements", "own.yaml")
    texts = [open(own, encoding="utf-8").read()]
    run("init", folder, "-w", database)
    for changes in ([("visibility: public", "visibility: parties"), ("quantity: 40", "quantity: 41")], [("visibility: parties", "visibility: public"),
                    ("quantity: 41", "quantity: 60"), ("provider: { host-state: true }\n    for: { nationality: [ any ] }",
                                                       "provider: { host-state: true }\n    for: { nationality: [ CCC ] }")],
                    [("format: 1", "# a comment alone\nformat: 1")], [("Own nationals\" }\nkind", "Nationals of one's own\" }\nkind")]):
        edit(own, *changes)
        texts.append(open(own, encoding="utf-8").read())
        run("import", folder, "-w", database)
    return database, folder, texts


def hash_of(base, text, name="x.yaml"):
    path = os.path.join(base, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return re.search(r"[0-9a-f]{64}", run("fmt", "--hash", path))[0]


def verify(server, text, **headers):
    body = text if isinstance(text, bytes) else urllib.parse.urlencode({"document": text}).encode()
    return server.ask("POST", "/verify?lang=en", body, {"Content-Type": FORM, **headers})


def versions(server, base, texts):
    hashes = [hash_of(base, text) for text in texts]
    rows = fields(server.ask("GET", "/agreements/own/versions.csv?lang=en")[2])
    want = [("sha256:" + hashes[4], "5", "stands today"), ("sha256:" + hashes[2], "3", "5"), ("sha256:" + hashes[0], "1", "2")]
    got = [(row["Version"], row["Since state"], row["Until state"]) for row in rows]
    test("version-hidden: the list has the open versions, a comment alone makes none", "" if got == want else f"{got}")
    text = page(server, "/agreements/own/versions?lang=en")
    test("the list as a page", "" if text.count('<th scope="row"') == 3 and hashes[1][:16] not in text else "it differs")
    for lang in LANGUAGES:
        text = page(server, f"/agreements/own/versions/{hashes[2]}?lang={lang}")
        test(f"an earlier version in words, in {lang}", "" if hashes[2] in text and "60" in text and "\ufffd" not in text else text[:200])
    old, new = (page(server, f"/agreements/own/versions/{hashes[n]}?lang=en") for n in (2, 4))
    test("an earlier version does not say that its state is that of today", "" if "State by this version" in old and "State today" not in old
         and "State today" in new else "it does")
    told = set(run("-w", SMALL, "show", os.path.join(base, "x.yaml"), "--lang", "en").split()) - {"-"}
    bare = set(html.unescape(re.sub(r"<[^>]*>", " ", page(server, f"/agreements/own/versions/{hashes[4]}?lang=en"))).split())
    test("the version of today has every word of show", "" if len(told - bare) <= 2 else f"{told - bare}")
    for path in (f"versions/{hashes[1]}", "versions/" + "0" * 64, "versions/", "versions/" + hashes[0][:10], f"versions/{hashes[0]}/changes",
                 f"versions/{hashes[2]}/x", f"versions/{hashes[2]}/changes?against={hashes[1]}", f"versions/{hashes[2]}x"):
        code = server.ask("GET", "/agreements/own/" + path)[0]
        test(f"version-hidden: {re.sub('[0-9a-f]{10,}', 'HASH', path)} is not there", "" if code == 404 else f"{code}")
    return hashes


def changes(server, database, base, hashes):
    text = html.unescape(page(server, f"/agreements/own/versions/{hashes[2]}/changes?lang=en"))
    told = subprocess.run([ENTENTE, "diff", "--as", "public", "--format", "json", f"{database.removeprefix('sqlite:')}@1", f"{database.removeprefix('sqlite:')}@3"],
                          stdout=subprocess.PIPE).stdout
    document = json.loads(told)
    lines = re.findall(r"<li>([^<]*)</li>", text)
    test("versions of one day are told by their states", "" if re.search(r"Before: .*, state 1<br>\s*After: .*, state 3</p>", text) else text[:2500])
    test("what changed in the text: bread for fewer, more of it", "" if any("was 40; is 60" in line for line in lines) and any("CCC" in line for line in lines) else f"{lines}")
    rows = fields(server.ask("GET", f"/agreements/own/versions/{hashes[2]}/services.csv?lang=en")[2])
    services = (document.get("behaviour") or document)["services"]
    want = {service["service"]: (str(service["gain"]), str(service["lose"])) for service in services}
    got = {row["Service"]: (row["Better"], row["Worse"]) for row in rows}
    test("version-changes: people whose duty differs are those of diff", "" if list(got.values()) == [want[key] for key in want] and got.get("Food", ("", "0"))[1] not in ("", "0")
         else f"{got}, {want}")
    moves = fields(server.ask("GET", f"/agreements/own/versions/{hashes[2]}/changes.csv?lang=en")[2])
    lost = sum(int(row["People"]) for row in moves if row["Service"] == "Food")
    test("and the people of the list add up to them", "" if str(lost) == got["Food"][1] and all(row["Before"] != row["After"] for row in moves) else f"{moves}")
    text = page(server, f"/agreements/own/versions/{hashes[4]}/changes?against={hashes[0]}&lang=fr")
    test("any two can be compared, and the languages keep which", "" if "quantity" in text and f"against={hashes[0]}&amp;lang=ar" in text else text[:300])
    none = page(server, f"/agreements/own/versions/{hashes[4]}/changes?lang=en")
    test("where only words differ no answer does", "" if "Nationals of one" in html.unescape(none) and 'id="moves"' in none else none[:200])


def verification(server, database, base, texts, hashes):
    for number, state in ((0, "An earlier version"), (2, "An earlier version"), (3, "An earlier version"), (4, "This version stands today.")):
        code, headers, text = verify(server, texts[number])
        text = text.decode()
        test(f"verify: the document of state {number + 1}", "" if code == 200 and "It is on record" in text and state in text and hashes[number] in text else text[-3000:])
    canonical = run("fmt", "--json", os.path.join(base, "x.yaml"))
    test("verify: its canonical JSON is the same document", "" if "It is on record" in verify(server, canonical)[2].decode() else "no")
    for name, text in (("version-hidden: one that was between its parties", texts[1]), ("one that was altered", texts[4].replace("4h", "5h"))):
        code, headers, text = verify(server, text)
        test(f"verify: {name} is not on record", "" if code == 200 and "It is not on record" in text.decode() else text[-2000:])
    for name, text, words in (("no YAML", "a: [", "2:1"), ("no agreement", "format: 1", "agreement"), ("nothing", "", "Choose a file"), ("blanks", " \n ", "empty"),
                              ("a wrong word", texts[4].replace("treaty", "treety"), "treety"), ("an anchor", "a: &x 1\nb: *x", "anchor")):
        code, headers, answer = verify(server, text)
        test(f"verify: {name} is told", "" if code == 422 and words in html.unescape(answer.decode()) else f"{code} {answer[-2500:]}")
    size, root = len(texts), json.loads(run("verify", "-w", database, "--format", "json"))["root"]
    text = page(server, "/verify?lang=en")
    test("verify: the journal's size and root are those of `verify`", "" if root in text and f"this record: {size}." in re.sub("<[^>]*>", "", text) else root)


def hostile_documents(server):
    problem("verify: bytes that are not UTF-8", verify(server, b"document=%ff"), 422)
    problem("verify: a broken escape", verify(server, b"document=%zz"), 422)
    problem("verify: too large", server.ask("POST", "/verify", None, {"Content-Type": FORM, "Content-Length": str((1 << 20) + 1)}), 413)
    problem("verify: from another site", verify(server, "format: 1", **{"Sec-Fetch-Site": "cross-site"}), 403)
    for name, text in (("deep", "[" * 100000), ("many keys", "".join(f"k{n}: 1\n" for n in range(60000))), ("many items", "a:\n" + "- b\n" * 150000),
                       ("one long word", "a: " + "x" * 900000), ("a NUL", "a: \x00"), ("a script", "<script>alert(1)</script>: 1")):
        started = time.monotonic()
        code, headers, answer = verify(server, text)
        took = time.monotonic() - started
        test(f"verify: {name}", "" if code in (413, 422, 503) and took < 20 and b"<script>alert" not in answer else f"{code} after {took:.1f} s")
    verify(server, "ZQXCANARY: 1")
    server.ask("GET", "/healthz")
    server.wait_for("GET /healthz 200")  # lines are gathered, in their order
    test("verify-forgets: nothing of a document is in the log", "" if "ZQXCANARY" not in server.lines() else "it is")


def papers(base):
    database, folder, texts = history(base)
    server = Server(database)
    hashes = versions(server, base, texts)
    changes(server, database, base, hashes)
    verification(server, database, base, texts, hashes)
    hostile_documents(server)
    server.stop()
    server = Server(folder)
    text = page(server, "/agreements/own/versions?lang=en")
    rows = fields(server.ask("GET", "/agreements/own/versions.csv?lang=en")[2])
    test("a folder has one version and says so", "" if "served from a folder" in text and [row["Version"] for row in rows] == ["sha256:" + hashes[4]] else f"{rows}")
    test("a folder: its version in words", "" if hashes[4] in page(server, f"/agreements/own/versions/{hashes[4]}") else "no")
    got = ["It is on record" in verify(server, text)[2].decode() for text in texts]
    test("a folder: the document that lies there is verified, no other", "" if got == [False, False, False, False, True] else f"{got}")
    server.stop()
    schedules()


def schedules():
    """A schedule, a CSV file, is verified alone: by its bytes, by its hash; it leads to its agreement."""
    path = os.path.join(ROOT, "data", "agreements", "emac-evacuation.states.csv")
    text, hashed = open(path, encoding="utf-8").read(), run("fmt", "--hash", path).strip()
    test("fmt-hash-name: a schedule is named by its bytes", "" if hashed == "sha256:" + hashlib.sha256(text.encode()).hexdigest() else hashed)
    server = Server(os.path.join(ROOT, "data"))
    code, headers, answer = verify(server, text)
    answer = answer.decode()
    test("verify: a schedule alone is on record, of its agreement", "" if code == 200 and "It is on record" in answer and "emac-evacuation.states.csv" in answer and
         'href="/agreements/emac-evacuation?lang=en"' in answer else answer[-3000:])
    by_hash = server.ask("POST", "/verify?lang=en", urllib.parse.urlencode({"hash": hashed}).encode(), {"Content-Type": FORM})[2].decode()
    test("verify: a schedule by its hash", "" if "It is on record" in by_hash else by_hash[-2000:])
    code, headers, answer = verify(server, text.replace("us-ak", "us-al", 1))
    test("verify: a schedule that was altered is not on record", "" if code == 422 and "It is on record" not in answer.decode() else answer[-2000:])
    server.stop()


# ---- the calendar and the feed ----

ATOM = "{http://www.w3.org/2005/Atom}"
TODAY = datetime.date.today()
SAMPLES = os.path.join(ROOT, "..", "shared", "vectors", "ical", "samples")


def day(days):
    return TODAY + datetime.timedelta(days)


def months(date, count):
    year, month = divmod(date.year * 12 + date.month - 1 + count, 12)
    last = ((datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)) - datetime.timedelta(1)).day
    return datetime.date(year, month + 1, min(date.day, last))


def read_ics(data, strict=True):
    """Components as (name, [(property, parameters, value)], [components]); ValueError for what RFC 5545 does not have."""
    lines = []
    if strict and not data.endswith(b"\r\n"):
        raise ValueError("the last line does not end in CRLF")
    for raw in data.split(b"\r\n")[:-1] if strict else data.splitlines():
        if strict and (len(raw) > 75 or b"\n" in raw or b"\r" in raw):
            raise ValueError(f"a line of {len(raw)} bytes: {raw[:90]}")
        line = raw.decode("utf-8")  # also proves that no character is cut
        if line[:1] in (" ", "\t"):
            lines[-1] += line[1:]
        elif line:
            lines.append(line)
    stack = [("", [], [])]
    for line in lines:
        found = re.fullmatch(r"([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:\"[^\"\x00-\x1f]*\"|[^\";:,\x00-\x1f]*))*):([^\x00-\x08\x0a-\x1f]*)", line, re.I)
        if not found:
            raise ValueError(f"no content line: {line}")
        name, parameters, value = found[1].upper(), found[2], found[3]
        if name == "BEGIN":
            stack.append((value, [], []))
        elif name == "END":
            done = stack.pop()
            if done[0] != value or not stack:
                raise ValueError(f"END:{value} does not fit")
            stack[-1][2].append(done)
        else:
            stack[-1][1].append((name, parameters, value))
    if len(stack) != 1 or len(stack[0][2]) != 1:
        raise ValueError("not one whole component")
    return stack[0][2][0]


def events(data):
    """(uid, day, summary) of a calendar that is as it must be."""
    name, properties, components = read_ics(data)
    have = [found[0] for found in properties]
    if name != "VCALENDAR" or have.count("VERSION") != 1 or have.count("PRODID") != 1 or have.count("METHOD") != 1:
        raise ValueError(f"{name}: {have}")
    out = []
    for component, properties, inner in components:
        have = {found[0]: found for found in properties}
        if component != "VEVENT" or inner or len(have) != len(properties) or not {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(have):
            raise ValueError(f"{component}: {sorted(have)}")
        for text in ("SUMMARY", "DESCRIPTION", "UID"):
            if not re.fullmatch(r"(?:\\[\\;,nN]|[^\\;,])+", have[text][2]):
                raise ValueError(f"a text that is not escaped: {have[text][2]}")
        if not re.fullmatch(r"\d{8}T\d{6}Z", have["DTSTAMP"][2]) or have["DTSTART"][1] != ";VALUE=DATE" or not re.fullmatch(r"\d{8}", have["DTSTART"][2]):
            raise ValueError("a date")
        start = datetime.datetime.strptime(have["DTSTART"][2], "%Y%m%d").date()
        if datetime.datetime.strptime(have["DTEND"][2], "%Y%m%d").date() != start + datetime.timedelta(1):
            raise ValueError("not one day")
        out.append((have["UID"][2], start, re.sub(r"\\([\\;,])", r"\1", have["SUMMARY"][2])))
    if len({uid for uid, start, summary in out}) != len(out):
        raise ValueError("a UID twice")
    return out


def reader():
    """The reader of the tests: what others wrote it reads, what is broken it refuses."""
    good = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n"
    test("the reader reads a calendar", "" if events(good) == [] else "no")
    for name, data in (("LF", good.replace(b"\r\n", b"\n")), ("a long line", good.replace(b":x", b":" + b"x" * 80)), ("no end", good[:-15]),
                       ("a cut character", good.replace(b":x", b":\xd8")), ("no version", good.replace(b"VERSION:2.0\r\n", b""))):
        try:
            events(data)
            test(f"the reader refuses {name}", "it does not")
        except ValueError:
            test(f"the reader refuses {name}", "")
    paths = sorted(glob.glob(os.path.join(SAMPLES, "*.ics")))
    if not paths:
        test("the reader reads what others wrote # skip no vectors here", "")
    for path in paths:
        with open(path, "rb") as file:
            test(f"the reader reads {os.path.basename(path)}", "" if read_ics(file.read(), False)[0] == "VCALENDAR" else "no")


def pact(base):
    """The small workspace with an agreement that has terms, a clause that ends and reviews, and a post that was seen today."""
    folder = os.path.join(base, "due")
    shutil.copytree(SMALL, folder)
    own = os.path.join(folder, "agreements", "own.yaml")
    path = os.path.join(folder, "agreements", "pact.yaml")
    shutil.copy(own, path)
    edit(path, ("agreement: own", "agreement: pact"), ('"Own nationals" }\nkind', '"A pact; with, marks and a title that is long enough to be folded: قافية طويلة" }\nkind'),
         ("in-force: { from: 1967-03-19 }", f"in-force: {{ from: {day(-100)}, until: {day(400)}, renews: 12mo, notice: 30d }}\n"
          "review: { exercise-every: 12mo, channels-tested-every: 90d, report-every: 2mo }"),
         ("from: 1967-03-19 } ]", f"from: {day(-100)} }} ]"), ("lead-time: 4h", f"lead-time: 4h\n    until: {day(200)}"))
    edit(os.path.join(folder, "posts.csv"), ("2022-01-01", TODAY.isoformat()))
    return folder, path


def calendar(base):
    folder, path = pact(base)
    server = Server(folder)
    report = next(date for date in (months(day(-100), 2 * n) for n in range(1, 9)) if date >= TODAY)
    want = {("Its term ends unless its renewal is confirmed", day(400), "-"), ("Last day to give notice", day(370), "-"), ("A clause ends", day(200), "-"),
            ("An exercise is due", months(day(-100), 12), "-"), ("A report is due", report, "-"),
            ("A test of channels is due", datetime.date(2021, 6, 1) + datetime.timedelta(90), "late")}
    rows = fields(server.ask("GET", "/calendar.csv?agreement=pact&lang=en")[2])
    got = {(row["What falls due"], datetime.date.fromisoformat(row["Date"]), row["Late"]) for row in rows}
    test("due-dates: ends, notice, clauses and reviews of an agreement", "" if got == want and len(rows) == len(want) else f"{got ^ want}")
    test("due-dates: by day", "" if [row["Date"] for row in rows] == sorted(row["Date"] for row in rows) else "no")
    code, headers, text = server.ask("GET", "/calendar.ics?agreement=pact&lang=en")
    told = events(text)
    test("the calendar has the same days", "" if code == 200 and headers["content-type"].startswith("text/calendar") and sorted(start for uid, start, summary in told)
         == sorted(date for what, date, late in want) else f"{told}")
    test("its texts are those of the table", "" if {summary.split(": ")[0] for uid, start, summary in told} == {what for what, date, late in want}
         and all("A pact; with, marks" in summary and "قافية طويلة" in summary for uid, start, summary in told) else f"{told}")
    for lang in LANGUAGES:
        test(f"the calendar in {lang}", "" if len(events(server.ask("GET", f"/calendar.ics?lang={lang}")[2])) == len(want) else "it differs")
        shown = page(server, f"/calendar?lang={lang}")
        test(f"the page in {lang}", "" if shown.count('<th scope="row"') == len(want) and f"/calendar.csv" in shown and f"/calendar.ics" in shown else shown[:200])
    for query, extra in (("party=AAA", 1), ("place=BBB", 1), ("party=BBB", 0), ("place=CCC", 0)):
        rows = fields(server.ask("GET", f"/calendar.csv?{query}&lang=en")[2])
        stale = [row["Date"] for row in rows if row["What falls due"].startswith("Last day on which")]
        test(f"due-dates: facts that grow old, {query}", "" if len(stale) == extra and set(stale) <= {months(TODAY, 60).isoformat()} else f"{stale}")
    for query in ("agreement=nobody", "place=QQQ", "party=QQQ"):
        code, headers, text = server.ask("GET", f"/calendar?{query}")
        field = query.split("=")[0]
        test(f"/calendar?{query}: a fault at its field", "" if code == 422 and f'id="{field}-error"' in text.decode() else f"{code}")
        for kind in ("csv", "ics"):
            problem(f"/calendar.{kind}?{query}", server.ask("GET", f"/calendar.{kind}?{query}"), 422)
    server.stop()
    edit(path, (f"until: {day(400)}", f"until: {day(500)}"))
    server = Server(folder)
    again = events(server.ask("GET", "/calendar.ics?agreement=pact&lang=en")[2])
    test("due-dates: the same thing keeps its UID when its day is another", "" if {uid for uid, start, summary in again} == {uid for uid, start, summary in told}
         and day(500) in {start for uid, start, summary in again} else f"{again}")
    server.stop()
    edit(path, ("visibility: public", "visibility: parties"))
    server = Server(folder)
    rows = fields(server.ask("GET", "/calendar.csv")[2])
    test("due-dates: of an agreement between its parties nothing is told", "" if not rows and server.ask("GET", "/calendar?agreement=pact")[0] == 422 else f"{rows}")
    server.stop()


def feed_of(server, path="/changes.atom?lang=en"):
    code, headers, text = server.ask("GET", path)
    feed = xml.etree.ElementTree.fromstring(text)
    entries = feed.findall(ATOM + "entry")
    for element in [feed, *entries]:
        for name in ("id", "title", "updated"):
            if len(element.findall(ATOM + name)) != 1:
                raise ValueError(f"{name} of {element.tag}")
        if not re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", element.findtext(ATOM + "id")):
            raise ValueError(element.findtext(ATOM + "id"))
        datetime.datetime.strptime(element.findtext(ATOM + "updated"), "%Y-%m-%dT%H:%M:%SZ")
    return code, headers, feed, entries


def feed(base):
    database, folder, texts = history(os.path.join(base, "feed"))
    server = Server(database)
    code, headers, whole, entries = feed_of(server)
    test("the feed is Atom", "" if code == 200 and headers["content-type"].startswith("application/atom+xml") and whole.tag == ATOM + "feed"
         and whole.find(ATOM + "author") is not None and [link.get("rel") for link in whole.findall(ATOM + "link")] == ["self", "alternate"] else f"{code}")
    titles = [entry.findtext(ATOM + "title") for entry in entries]
    test("version-hidden: the feed has no entry for a version between its parties", "" if titles == ["State of the record 5", "State of the record 4", "State of the record 3", "State of the record 1"] else f"{titles}")
    first = "".join(entries[-1].itertext())
    test("feed-facts: documents, rows of facts, and nothing of channels", "" if "A drill each spring" in first and "posts.csv: 2 rows new" in first
         and "channels" not in first else first)
    links = [link.get("href") for entry in entries for link in entry.iter("{http://www.w3.org/1999/xhtml}a")]
    gone = [link for link in links if server.ask("GET", link)[0] != 200]
    test("its links are there", "" if len(links) >= 5 and not gone else f"{gone} of {links}")
    ids = [entry.findtext(ATOM + "id") for entry in entries]
    edit(os.path.join(folder, "agreements", "own.yaml"), ("lead-time: 4h", "lead-time: 5h"))
    run("import", folder, "-w", database)
    server.wait_for("reloaded: state 6")
    again = [entry.findtext(ATOM + "id") for entry in feed_of(server)[3]]
    test("what was keeps its id when the journal grows", "" if again[1:] == ids and len(set(again)) == 5 else f"{again}, {ids}")
    os.remove(os.path.join(folder, "practices", "drill.md"))
    run("import", folder, "-w", database)
    server.wait_for("reloaded: state 7")
    newest = "".join(feed_of(server)[3][0].itertext())
    test("what was taken away is told", "" if "drill" in newest else newest)
    for lang in LANGUAGES:
        test(f"the feed in {lang}", "" if feed_of(server, f"/changes.atom?lang={lang}")[2].get("{http://www.w3.org/XML/1998/namespace}lang") == lang else "no")
    server.stop()
    server = Server(folder)
    test("a folder's feed has no entries", "" if feed_of(server)[3] == [] else "it has")
    server.stop()


def main():
    with tempfile.TemporaryDirectory() as base:
        server = Server(DATA)
        guideline(server)
        guideline_print(server)
        server.stop()
        templates(base)
        papers(base)
        reader()
        calendar(base)
        os.mkdir(os.path.join(base, "feed"))
        feed(base)
    print(f"1..{sum(results)}")
    sys.exit(1 if results[1] else 0)


if __name__ == "__main__":
    main()
