#!/usr/bin/env python3
"""Documents to be printed: the duty book of a country and the contingency plan of a post, by page, tables as CSV and the command line; in four languages; what the public may
see; what its fingerprint tells. Prints TAP.

    duty.py ENTENTE SOURCE_ROOT"""
import csv, html, io, json, os, re, shutil, subprocess, sys, tempfile
from serve import ENTENTE, ROOT, SMALL, Server, problem, results, test

LANGUAGES = {"en": "ltr", "fr": "ltr", "es": "ltr", "ar": "rtl"}
NEEDS = ["consular.travel-document", "consular.welfare", "consular.detention-visit", "relief.shelter", "health.emergency", "protection.child",
         "movement.evacuation", "information.hotline"]


def page(server, path, lang="en"):
    code, _, text = server.ask("GET", f"{path}?lang={lang}")
    return code, text.decode()


def tables(text):
    """{id: rows} of the page, cells as text, blank rows left out."""
    found = {}
    for name, body in re.findall(r'<table class="govuk-table[^"]*" id="([^"]+)">.*?<tbody[^>]*>(.*?)</tbody>', text, re.S):
        rows = []
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.S):
            cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
            if not all("cx-fill" in cell for cell in cells):
                rows.append([html.unescape(re.sub("<[^>]*>", "", cell)).strip() for cell in cells])
        found[name] = rows
    return found


def say(workspace, *arguments):
    done = subprocess.run([ENTENTE, "-w", workspace, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def document(workspace, *arguments):
    code, out, err = say(workspace, *arguments, "--format", "json", "--as", "public")
    return json.loads(out) if code == 0 else {"fault": err}


def languages(server, path, said, name):
    """The page in each language against SAID, the JSON of the command line."""
    prints, found = set(), None
    for lang, direction in LANGUAGES.items():
        code, text = page(server, path, lang)
        prints |= set(re.findall(r'cx-brief__print"><bdi>([0-9a-f]{64})<', text))
        found = tables(text)
        ids = {table["id"]: len(table["rows"]) for section in said["sections"] for table in section["tables"]}
        fault = "" if code == 200 and f'<html lang="{lang}" dir="{direction}">' in text else f"{code}"
        fault = fault or ("" if {name: len(rows) for name, rows in found.items()} == ids else f"{ids} on the command line, {found.keys()} here")
        fault = fault or ("" if len(re.findall(r"<svg", text)) == 1 else "no code to be read by a device")
        fault = fault or ("" if text.count('<a href="#') >= len(said["sections"]) else "contents without a section")
        test(f"{name} in {lang}: every table of the command line, contents, a code", fault)
    test(f"{name}: brief-fingerprint, one in every language and that of the command line",
         "" if prints == {said["fingerprint"]} else f"{prints}, {said['fingerprint']}")
    text = page(server, path)[1]
    lost = []
    for table, rows in tables(text).items():
        code, headers, body = server.ask("GET", f"{path}/{table}.csv?lang=en")
        lines = list(csv.reader(io.StringIO(body.decode())))
        if code != 200 or not headers["content-type"].startswith("text/csv") or len(lines) - 1 != len(rows) or f'{path}/{table}.csv'.replace("@", "%40") not in text:
            lost.append(f"{table}: {code}, {len(lines) - 1} rows of {len(rows)}")
    test(f"{name}: each table has its CSV beside it, with the same rows", "; ".join(lost))
    problem(f"{name}: a table that it has not", server.ask("GET", f"{path}/none.csv"), 404)
    problem(f"{name}: nothing lies beneath", server.ask("GET", f"{path}x"), 404)


def book(server, folder):
    said = document(folder, "duty-book", "BBB")
    languages(server, "/places/BBB/duty-book", said, "duty-book")
    text = page(server, "/places/BBB/duty-book")[1]
    test("duty-book: the page of the country leads to it", "" if "/places/BBB/duty-book" in page(server, "/places/BBB")[1] else "no link")
    found = tables(text)
    test("duty-book: emergency numbers stand in it", "" if [row[:2] for row in found["numbers"]] == [["police", "112"]] else str(found["numbers"]))
    test("duty-book: the post is named with its telephone and its day", "" if found["posts"][0][2:5:2] == ["+999 1 (2021-06-01)", "1 January 2022"]
         or "+999 1" in found["posts"][0][2] else str(found["posts"]))
    test("brief-viewer: what only parties may see is not printed for the public", "desk@example.org" in text)
    whole = say(folder, "duty-book", "BBB")[1]
    test("brief-viewer: it is for whoever reads the whole workspace", "" if "desk@example.org" in whole else "not there")
    shown = next(section for section in said["sections"] if section["id"] == "posts-here")
    states, counts = [row[3] for row in found["posts"] if row[0] != "to be filled in"], [field["value"] for field in shown["fields"]]
    test("brief-open-first: open posts stand first and all are counted", "" if sum(counts) == len(states) > 0 and counts[0] == states[:counts[0]].count("open") else f"{states} {counts}")
    people = {row[0] for row in found["own-state"]}
    test("brief-people: every nationality that is counted stands among the leads", "" if {row[0] for row in found["leads"]} == people >= {
        "Aland (AAA)", "Celand (CCC)"} else str(people))
    test("brief-blank: what a person has to fill in is marked, never filled", "" if text.count("to be filled in") > 20 and all(
        cell == {"fill": True} for row in next(t for s in said["sections"] for t in s["tables"] if t["id"] == "ladder")["rows"] for cell in row[1:]) else "no")


def ways(base):
    """brief-ways: thirteen airports, a port and a border of one country; another has none."""
    folder = os.path.join(base, "ways")
    shutil.copytree(SMALL, folder)
    with open(os.path.join(folder, "ways.csv"), "w", encoding="utf-8") as file:
        file.write("kind,place,name,code,town,leads_to,size,source\nborder,BBB,,,,CCC,,s\nport,BBB,Deep Harbour,BBDEE,,,small,s\n")
        file.write("".join(f"airport,BBB,Field {n},F{n:02},Town,,medium,s\n" for n in range(12)) + "airport,BBB,Town Main,TWN,Town,,large,s\n")
    said = document(folder, "duty-book", "BBB")
    section = next(s for s in said["sections"] if s["id"] == "ways-out")
    rows = section["tables"][0]["rows"]
    named = [(row[0], row[1]) for row in rows if isinstance(row[0], str)]
    test("brief-ways: the largest first, twelve of a kind at most", "" if named[:2] == [("Town Main (TWN)", "airport"), ("Field 0 (F00), Town", "airport")]
         and named[12:] == [("Deep Harbour (BBDEE)", "port"), ("Celand (CCC)", "land border")] else str(named))
    test("brief-ways: all are counted", "" if [field["value"] for field in section["fields"]] == [13, 1, 1] else str(section["fields"]))
    test("brief-ways: whether one is open is for a pen", "" if all(cell == {"fill": True} for row in rows for cell in row[2:5]) else str(rows[:2]))
    other = next(s for s in document(folder, "duty-book", "CCC")["sections"] if s["id"] == "ways-out")
    test("brief-ways: none on record is not known", "" if [field["value"] for field in other["fields"]] == [None] * 3 else str(other["fields"]))


def changes(base):
    """A folder whose people of labour are counted, before and after a fact."""
    folder = os.path.join(base, "changed")
    shutil.copytree(SMALL, folder)
    first = document(folder, "duty-book", "BBB", "--date", "2022-06-01")
    later = document(folder, "duty-book", "BBB", "--date", "2022-06-02")
    test("brief-fingerprint: another day on which nothing changed has the same", "" if first["fingerprint"] == later["fingerprint"] != "" else "differs")
    with open(os.path.join(folder, "people.csv"), "a", encoding="utf-8") as file:
        file.write("m,BBB,labour,2021,9,7,12,survey,s\n".replace("m,", "CCC,", 1))
    after = document(folder, "duty-book", "BBB", "--date", "2022-06-01")
    test("brief-fingerprint: a fact that changed gives another", "" if after.get("fingerprint") not in (None, first["fingerprint"]) else str(after)[:300])
    rows = next(t for s in after["sections"] for t in s["tables"] if t["id"] == "labour")["rows"]
    test("brief-people: workers of a survey stand beside the stock, with low and high", "" if [row[1:4] for row in rows] == [[9, 7, 12]] else str(rows))
    code, out, _ = say(folder, "duty-book", "BBB", "--date", "2022-06-01", "--table", "labour", "--format", "csv", "--lang", "fr")
    test("the command line speaks the reader's language", "" if code == 0 and out.startswith("Nationalité,") else out)
    for wrong in (["duty-book"], ["duty-book", "ZZZ"], ["duty-book", "BBB-town"], ["duty-book", "BBB", "--lang", "de"],
                  ["duty-book", "BBB", "--table", "none"], ["duty-book", "BBB", "--format", "csv"]):
        code, out, err = say(folder, *wrong)
        test(f"refused in words: {' '.join(wrong)}", "" if code == 2 and not out and err else f"{code} {err}")


def clauses(folder):
    """What each clause asks, on the real record: steps, cost, and who is known to be here."""
    said = document(os.path.join(ROOT, "data"), "duty-book", "SDN", "--date", "2022-11-16")
    rows = next(t for s in said["sections"] for t in s["tables"] if t["id"] == "clauses")["rows"]
    eu = [row for row in rows if row[0]["agreement"] == "eu-consular-protection" and row[1].startswith("Articles 2, 6")]
    fault = "" if len(eu) == 1 else f"{len(eu)} rows"
    if any(str(row[5]).startswith("Cost") or str(row[4]).startswith("First:") for row in rows):
        fault = "the head of a column is said again in its cells"
    if eu and not ("repays" in eu[0][5] and "identity" in eu[0][4] and "DEU" in eu[0][2]["who"]):
        fault = str(eu[0])
    test("brief-clauses: a clause that works here says who, first what, and who pays", fault)
    ids = {row[0]["agreement"] for row in rows}
    acts = json.loads(say(os.path.join(ROOT, "data"), "3w", "--place", "SDN", "--date", "2022-11-16", "--format", "json", "--as", "public")[1])
    test("brief-clauses: the agreements are those of who does what here", "" if ids == {name for row in acts["rows"] for name in
         (row["agreements"] if isinstance(row["agreements"], list) else row["agreements"].split())} else str(ids))
    said = document(os.path.join(ROOT, "data"), "duty-book", "LBN", "--date", "2022-11-16")
    leads = next(t for s in said["sections"] for t in s["tables"] if t["id"] == "leads")["rows"]
    pools = [(row, at) for row in leads for at in range(1, 9) if " +" in row[at]["who"]]
    row, at = pools[0]
    answers = json.loads(say(os.path.join(ROOT, "data"), "who", "--nationality", row[0][-4:-1], "--place", "LBN", "--service", NEEDS[at - 1], "--date",
                             "2022-11-16", "--format", "json", "--as", "public")[1])["answers"]
    lead = next(a for a in answers if a["band"] == row[at]["band"] and not a["held"])
    others = {a["party"] for a in answers if all(a[k] == lead[k] for k in ("agreement", "commitment", "band")) and not a["held"]} - {lead["party"]}
    test("brief-pool: a pool is its first and how many more", "" if row[at]["who"].split()[:2] == [lead["party"], f"+{len(others)}"] else
         f"{row[at]}, {len(others)} others of {lead['party']}")


SERVICES = ["information.hotline", "consular.registration", "consular.travel-document", "consular.welfare", "consular.detention-visit",
            "consular.death", "relief.shelter", "relief.food", "health.emergency", "movement.assembly", "movement.transport", "movement.evacuation"]
SECTIONS = ["contact", "objectives", "risks", "community", "scenarios", "roles", "evacuation", "phases", "logistics"]
REAL = os.path.join(ROOT, "data")
DAY = "2022-11-16"


def table(said, name):
    return next(t for s in said["sections"] for t in s["tables"] if t["id"] == name)


def answers(nationality, place, service):
    found = json.loads(say(REAL, "who", "--nationality", nationality, "--place", place, "--service", service, "--date", DAY, "--format", "json",
                           "--as", "public")[1])
    return [answer for answer in found["answers"] if not answer["held"]]


def plan(server):
    said = document(SMALL, "plan-for", "AAA@BBB-town")
    path = "/posts/AAA@BBB-town/contingency-plan"
    languages(server, path, said, "plan")
    test("plan-sections: those of the template first, in its order", "" if [s["id"] for s in said["sections"]][:9] == SECTIONS else "no")
    test("the page of the post leads to its plan", "" if "/contingency-plan" in page(server, "/posts/AAA@BBB-town")[1] else "no link")
    problem("a plan of no post", server.ask("GET", "/posts/AAA@BBB/contingency-plan"), 404)
    test("brief-viewer: the plan of the page keeps what only parties may see", "desk@example.org" in page(server, path)[1])
    test("the plan has the post's own numbers", "" if table(said, "reach")["rows"][0][1] == "+999 1" else str(table(said, "reach")))
    labels = {field["label"]: field["value"] for section in said["sections"] for field in section["fields"]}
    test("brief-blank: who approved the plan is for the post to say", "" if labels["Approved by, on"] == {"fill": True} else str(labels))


def plans():
    said = document(REAL, "plan-for", "DEU@LBN-beirut", "--date", DAY)
    rows = {row[0][-4:-1]: row for row in table(said, "others")["rows"]}
    wrong = []
    for nationality in ("AUT", "HUN", "PHL"):
        mine = [any(a["party"] == "DEU" for a in answers(nationality, "LBN", service)) for service in SERVICES]
        listed = rows.get(nationality)
        if listed is None and any(mine) and any(row[0].endswith(f"({nationality})") for row in table(document(REAL, "duty-book", "LBN", "--date", DAY),
                                                                                                "own-state")["rows"]):
            wrong.append(f"{nationality} is not there")
        if listed and len([name for cell in listed[2:4] for name in cell.split("; ") if cell != "–"]) != sum(mine):
            wrong.append(f"{nationality}: {listed}, {sum(mine)} services")
    test("plan-answers: those for whom the State is among the answers", "; ".join(wrong) or ("" if rows else "nobody"))
    scenarios = table(document(REAL, "plan-for", "PHL@UKR-kyiv" if say(REAL, "plan-for", "PHL@UKR-kyiv")[0] == 0 else "POL@UKR-kyiv"), "scenarios")["rows"]
    test("plan-scenarios: what INFORM puts at 5 or more", "" if scenarios and all(float(row[1]) >= 5 for row in scenarios) else str(scenarios))
    said = document(REAL, "plan-for", "PHL@LBN-baabda", "--date", DAY)
    labels = [row[0] for row in table(said, "helpers")["rows"]]
    open_ones = {row[0] for row in table(said, "settle")["rows"]}
    wrong = [label for label, service in zip(labels, SERVICES) if (label in open_ones) == any(
        a["band"] in ("shall", "will") and a["party"] != "PHL" for a in answers("PHL", "LBN", service))]
    test("plan-settle: what nobody else owes or promises", str(wrong) if wrong or len(labels) != len(SERVICES) or not open_ones else "")
    test("brief-people: the plan counts workers by survey, with low and high", "" if all(
        isinstance(cell, int) for row in table(said, "labour")["rows"] for cell in row[1:4]) and table(said, "labour")["rows"] else "no")


def main():
    base = tempfile.mkdtemp()
    try:
        server = Server(SMALL)
        book(server, SMALL)
        changes(base)
        ways(base)
        clauses(base)
        plan(server)
        plans()
        test("the server ends as it should", "" if server.stop() == 0 else "no")
    finally:
        shutil.rmtree(base)
    print(f"1..{sum(results)}")
    return 1 if results[1] else 0


if __name__ == "__main__":
    sys.exit(main())
