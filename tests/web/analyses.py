#!/usr/bin/env python3
"""The pages of analyses over loopback: each table against what the command says for the same question, faults at their field, and nothing of an
agreement that is not open to everyone. Prints TAP.

    analyses.py ENTENTE SOURCE_ROOT"""
import csv, datetime, html, io, json, os, re, shutil, subprocess, sys, tempfile
from serve import ENTENTE, SMALL, Server, problem, results, test

TODAY = datetime.date.today().isoformat()
CANARY = "hidden-from-all"
# Two who lead for the same, a pool, a bus promised twice, more than there is, and two who wait for each other.
KITCHEN = """format: 1
agreement: kitchen
title: {{ en: "A kitchen for all" }}
kind: shared-assets
strength: mou
source: {{ title: "A note of the test", basis: excerpt }}
state: [ {{ is: in-force, from: 2001-01-01 }} ]
visibility: public
parties: [ {{ party: "group:all" }}, {{ party: relief }} ]
in-force: {{ from: 2001-01-01{until} }}
commitments:
  - {{ id: soup, clause: "1", duty: shall, provider: relief, role: lead, for: {{ nationality: [ any ] }}, where: {{ in: [ BBB ] }}, services: [ relief.food ] }}
  - {{ id: pool, clause: "2", duty: may, provider: {{ member-of: all }}, role: lead, for: {{ nationality: [ any ] }}, where: {{ in: [ BBB ] }}, services: [ legal ] }}
  - {{ id: items, clause: "3", duty: will, provider: relief, for: {{ nationality: [ any ] }}, where: {{ in: [ BBB ] }}, services: [ relief.items ], capacity: {{ quantity: 11, unit: persons, per: day }}, assets: [ "relief:bus" ] }}
  - {{ id: water, clause: "4", duty: will, provider: relief, role: support, for: {{ nationality: [ any ] }}, where: {{ in: [ CCC ] }}, services: [ relief.water ], assets: [ "relief:bus" ] }}
""".replace("[ legal ]", "[ protection.legal ]")


def workspace(base, name, visibility="public", until=""):
    """The small workspace, its post seen lately, with one more agreement that the public may see or not."""
    folder = os.path.join(base, name)
    shutil.copytree(SMALL, folder)
    path = os.path.join(folder, "posts.csv")
    text = open(path, encoding="utf-8").read()
    assert "2022-01-01" in text
    open(path, "w", encoding="utf-8").write(text.replace("2022-01-01", TODAY))
    text = KITCHEN.format(until=until)
    if visibility != "public":
        text = text.replace("kitchen", CANARY).replace("A kitchen for all", CANARY).replace("visibility: public", "visibility: " + visibility)
    name = "kitchen" if visibility == "public" else CANARY
    for file, line in (("places.csv", "DDD,m49:002,country,Deland,5,6,DDD,s"), ("parties.csv", "DDD,state,Deland,,DDD,,,s"), ("groups.csv", "all,DDD,,,s")):
        with open(os.path.join(folder, file), "a", encoding="utf-8") as rows:
            rows.write(line + "\n")
    for name, text in ((f"agreements/{name}.yaml", text), ("assets.csv", "asset,party,place,kind,quantity,unit,source\nbus,relief,BBB,vehicle,2,vehicles,s\n"),
                       ("strengths.csv", "party,place,service,quantity,unit,per,source\nrelief,BBB,relief.items,10,persons,day,s\n")):
        open(os.path.join(folder, name), "w", encoding="utf-8").write(text)
    return folder


def command(folder, *words):
    return subprocess.run([ENTENTE, "-w", folder, *words, "--as", "public"], stdout=subprocess.PIPE).stdout


def table(server, path):
    code, headers, text = server.ask("GET", path + ("&" if "?" in path else "?") + "lang=en")
    if code != 200 or headers["content-type"] != "text/csv; charset=utf-8":
        return [{"": f"{code}: {text[:200]}"}]
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


def says(name, got, want):
    test(name, "" if got == want and got else f"{got}, not {want}")


def faults(server, paths):
    for path in paths:
        field = re.search(r"[?](\w+)", path)[1]
        code, headers, text = server.ask("GET", path)
        test(f"{path}: a fault at its field", "" if code == 422 and f'href="#{field}"' in text.decode() and f'id="{field}-error"' in text.decode() else f"{code}")
        first = re.search(r'/[a-z]+/[a-z]+\.csv', server.ask("GET", path.partition("?")[0])[2].decode())[0]
        problem(f"{path}: and of {first}", server.ask("GET", first + "?" + path.partition("?")[2]), 422)


def overlaps(server, folder):
    told = json.loads(command(folder, "overlaps", "--format", "json"))
    for name in ("leads", "unassigned"):
        want = [(row["people"], row["band"], "; ".join(sorted(lead["agreement"] for lead in row["leads"]))) for row in told[name]["rows"]]
        got = [(int(row["People"]), row["Band"], "; ".join(sorted(re.findall(r"(\S+), (?:Article )?\d", row["Rests on"]))))
               for row in table(server, f"/overlaps/{name}.csv?service=all")]
        says(f"overlaps: {name} are what the command says", got, want)
    want = [(row["asset"], row["has"], row["pledged"]) for row in told["assets"]["rows"]]
    got = [("relief:" + row["Asset"], int(row["On record"]), int(row["Promised"])) for row in table(server, "/overlaps/assets.csv?service=all")]
    says("overlaps: assets are what the command says", got, want)
    want = [(row["has"], row["pledged"]) for row in told["strengths"]["rows"]]
    got = [(int(row["On record"]), int(row["Promised"])) for row in table(server, "/overlaps/strengths.csv?service=all")]
    says("overlaps: strengths are what the command says", got, want)
    for kind, name in (("post", "posts"), ("party", "parties"), ("agreement", "agreements")):
        want = sorted((loss["people"], loss["from"], {"none_proven": "nobody", "not_known": "not known"}.get(loss["to"], loss["to"]))
                      for row in told["single_points"]["rows"] if row["kind"] == kind for loss in row["losses"])
        got = sorted((int(row["People"]), row["Before"], row["After"]) for row in table(server, f"/overlaps/{name}.csv?service=all")
                     for _ in row["Services"].split("; "))
        says(f"overlaps: what hangs on one {kind} is what the command says", got, want)
    rows = table(server, "/overlaps/posts.csv?service=consular.welfare")
    says("overlaps: a post is named with its clause, and the day and name of the fact", [("Article 5" in row["Rests today on"], "AAA@BBB-town" in
         row["Rests today on"]) for row in rows], [(True, True)])
    rows = table(server, "/overlaps/posts.csv?service=consular.welfare&nationality=Celand")
    says("overlaps: of another nationality", len(rows) + 1, 1)
    page = server.ask("GET", "/overlaps?service=all&kind=assets&lang=en")[2].decode()
    test("overlaps: one kind alone is shown", "" if 'id="assets"' in page and 'id="leads"' not in page else "no")
    test("overlaps: a table leads to its CSV with the question", "" if "/overlaps/assets.csv?service=all&amp;kind=assets" in page else "no")
    test("overlaps: figures are dated and sourced", "" if "counted as in 2020" in page and "A register of the test" in page else "no")
    faults(server, ("/overlaps?service=x", "/overlaps?place=QQQ", "/overlaps?nationality=QQQ", "/overlaps?kind=x"))
    problem("a table that is none", server.ask("GET", "/overlaps/none.csv"), 404)


BAND = {"none_proven": "nobody", "none": "nobody", "not_known": "not known"}


def interface(server, folder):
    """The interface says, byte for byte, what the commands print for the public."""
    for path, words in (("unknowns?limit=1000", ["unknowns", "-n", "1000"]), ("unknowns?service=consular.welfare&place=BBB&limit=1",
                         ["unknowns", "--service", "consular.welfare", "--place", "BBB", "-n", "1"]),
                        ("readiness", ["ready"]), ("readiness?agreement=kitchen&date=2022-06-01", ["ready", "kitchen", "--date", "2022-06-01"]),
                        ("advice", ["advise"]), ("advice?kind=at-host&service=consular.welfare&limit=2&date=2022-06-01",
                         ["advise", "--kind", "at-host", "--service", "consular.welfare", "-n", "2", "--date", "2022-06-01"]),
                        ("matrix?limit=1000", ["matrix"]), ("matrix?rows=nationality&cols=service&place=BBB&group=refugee&phase=after&limit=1",
                         ["matrix", "--rows", "nationality", "--cols", "service", "--place", "BBB", "--group", "refugee", "--phase", "after", "--limit", "1"]),
                        ("matrix?rows=place&cols=phase&service=relief.food&limit=9", ["matrix", "--rows", "place", "--cols", "phase", "--service", "relief.food",
                                                                                      "--limit", "9"])):
        code, headers, text = server.ask("GET", "/api/v1/" + path)
        want = command(folder, *words, "--format", "json")
        test(f"/api/v1/{path} is what the command says", "" if code == 200 and text == want and len(text) > 40 else f"{code}: {text[:300]}, {want[:300]}")
    for path in ("unknowns?service=x", "unknowns?place=QQQ", "readiness?agreement=nobody", "readiness?limit=x", "advice?kind=x", "advice?limit=0",
                 "matrix?rows=x", "matrix?rows=place&cols=place", "matrix?rows=place&cols=phase", "matrix?group=x"):
        answer = server.ask("GET", "/api/v1/" + path)
        problem(f"/api/v1/{path}", answer, 422)
        field = "service" if path.endswith("cols=phase") else "cols" if "cols" in path else re.search(r"[?](\w+)", path)[1]
        test(f"/api/v1/{path}: the fault names its field", "" if any(field in json.dumps(error) for error in json.loads(answer[2])["errors"]) else f"{answer[2]}")


def unknowns(server, folder):
    told = json.loads(command(folder, "unknowns", "--format", "json"))
    want = [(item["people"], item["better"], item["worse"], len(item["services"]), item["look"], item["on_record"] is None) for item in told["items"]]
    got = [(int(row["People"]), int(row["Rise if so"]), int(row["Fall if not"]), len(row["Services"].split("; ")), row["Where to look"],
            row["On record"] == "nothing is on record") for row in table(server, "/unknowns/facts.csv?service=all")]
    says("unknowns: facts are what the command says", got, want)
    page = server.ask("GET", "/unknowns?service=all&lang=en")[2].decode()
    test("unknowns: each leads to its country", "" if 'href="/places/BBB?lang=en"' in page and "counted as in 2020" in page else "no")
    faults(server, ("/unknowns?service=x", "/unknowns?place=QQQ"))


def readiness(server, folder):
    letters = {"T": "yes", "F": "no", "U": "not known", None: "not asked for"}
    told = json.loads(command(folder, "ready", "--format", "json"))
    columns = ("In force", "Term", "Channels tested", "Links tested", "Exercised", "Capacity confirmed", "Assets not pledged twice", "Host told")
    want = [(item["agreement"], letters[item["ready"]], [letters[letter] for letter in item["components"].values()], item["ends"]) for item in told["agreements"]]
    got = [(row["Id"], row["All together"], [row[name] for name in columns], None if row["Ends"] == "no end is agreed" else row["Ends"])
           for row in table(server, "/readiness/agreements.csv")]
    says("readiness: agreements are what the command says", got, want)
    want = sum(sum(letter is not None for letter in part["components"].values()) for item in told["agreements"] if item["agreement"] == "kitchen"
               for part in [item, *item["commitments"]])
    rows = table(server, "/readiness/why.csv?agreement=kitchen")
    says("readiness: why says each component of each commitment", len(rows), want)
    says("readiness: and on what it rests", [row["Rests on"] for row in rows if row["Component"] == "Assets not pledged twice"][:1],
         ["relief:bus: 2 on record, 4 promised in all"])
    for component, column in (("assets", "Assets not pledged twice"), ("in-force", "In force")):
        for holds, word in (("no", "no"), ("yes", "yes"), ("unknown", "not known")):
            want = [item["agreement"] for item in told["agreements"] if letters[item["components"][component]] == word]
            got = [row["Id"] for row in table(server, f"/readiness/agreements.csv?component={component}&holds={holds}")]
            test(f"readiness: those whose {component} is {word}", "" if got == want else f"{got}, not {want}")
    page = server.ask("GET", "/readiness?agreement=kitchen&lang=en")[2].decode()
    test("readiness: one agreement shows why, and leads to its words", "" if 'id="why"' in page and 'href="/agreements/kitchen?lang=en"' in page else "no")
    page = server.ask("GET", "/readiness?agreement=kitchen&component=assets&holds=no&lang=en")[2].decode()
    chosen = re.findall(r'<option value="([^"]*)" selected>', page)
    test("readiness: the form and the CSV keep the question", "" if chosen == ["kitchen", "assets", "no"] and
         "/readiness/why.csv?agreement=kitchen&amp;component=assets&amp;holds=no" in page else f"{chosen}")
    faults(server, ("/readiness?agreement=nobody", "/readiness?component=x", "/readiness?holds=x"))


def advice(server, folder):
    told = json.loads(command(folder, "advise", "--format", "json"))
    want = [(item["people"], item["lifts"], item["uncertain"], int(item["gain"].split(".")[0])) for item in told["items"]]
    got = [(int(row["People"]), int(row["Lifts"]), int(row["Of these not sure"]), int(row["Gain"])) for row in table(server, "/advice/proposals.csv?service=all")]
    says("advice: agreements are what the command says", got, want)
    want = [(item["rank"], place["lifts"], place["post"] or place["office"]) for item in told["items"] for place in item["places"]]
    got = [(int(row["No."]), int(row["Lifts"]), (re.search(r"post (\S+) as of|$", row["The helper"])[1] or (want[number][2] if number < len(want) else None)))
           for number, row in enumerate(table(server, "/advice/places.csv?service=all"))]
    says("advice: countries and facts are what the command says", got, want)
    rows = list(csv.DictReader(io.StringIO(command(folder, "advise", "--format", "csv").decode(), newline="")))
    want = [(row["rank"], BAND.get(row["from"], row["from"]), row["to"], {"T": "yes", "U": "not known"}[row["certainty"]], row["people"]) for row in rows]
    got = [(row["No."], row["From"], row["To"], row["Sure"], row["People"]) for row in table(server, "/advice/lifts.csv?service=all")]
    says("advice: who is lifted is what the command says", got, want)
    moved = {}
    for rank, before, after, _, people in want:
        moved[rank, before, after] = moved.get((rank, before, after), 0) + int(people)
    got = {(row["No."], row["From"], row["To"]): int(row["People, once for each service"]) for row in table(server, "/advice/moved.csv?service=all")}
    says("advice: from which band to which is the sum of that", got, moved)
    page = html.unescape(server.ask("GET", "/advice?service=all&lang=en")[2].decode())
    drafts = re.findall(r'href="(/advice/[^"?]*\.yaml)', page)
    with tempfile.TemporaryDirectory() as base:
        command(folder, "advise", "--draft", base)
        names = [f"{item['agreement']}.yaml" for item in told["items"]]
        says("advice: each leads to its draft", [os.path.basename(link) for link in drafts], names)
        for link in drafts:
            code, headers, text = server.ask("GET", link)
            want = open(os.path.join(base, os.path.basename(link)), "rb").read()
            test(f"advice-named: {link} is what --draft writes", "" if code == 200 and text == want and headers["content-type"].startswith("text/yaml") else f"{code}: {text[:200]}")
    for path in ("/advice/advised-aaa-for-aaa-in-bbb.yaml", "/advice/advised-aaa-for-ccc-in-m49-002.yaml", "/advice/advised-relief-consular-welfare.yaml",
                 "/advice/.yaml", "/advice/advised-.yaml", "/advice/none.csv"):
        problem(f"{path} is none", server.ask("GET", path), 404)
    faults(server, ("/advice?service=x", "/advice?place=QQQ", "/advice?kind=x"))


def languages(server):
    for path in ("/overlaps", "/unknowns", "/advice"):
        page = server.ask("GET", path)[2].decode()
        chosen = re.findall(r'<option value="([^"]*)" selected>', page)
        test(f"page-service: {path} begins with the travel document", "" if "consular.travel-document" in chosen and "all" not in chosen else f"{chosen}")
    for path in ("/gaps", "/overlaps", "/unknowns", "/readiness", "/advice"):
        for lang, direction in (("en", "ltr"), ("fr", "ltr"), ("es", "ltr"), ("ar", "rtl")):
            code, headers, text = server.ask("GET", f"{path}?lang={lang}")
            page = text.decode()
            tabs = re.search(r'<nav class="cx-tabs".*?</nav>', page, re.S)
            links = re.findall(r'href="(/\w+)\?lang=' + lang, tabs[0]) if tabs else []
            fault = "" if code == 200 and f'dir="{direction}"' in page and links == ["/gaps", "/overlaps", "/unknowns", "/readiness", "/advice"] else f"{code}: {links}"
            test(f"{path} in {lang}, beside the other analyses", fault or ("\ufffd" in page and "a character that was refused") or "")


def hidden(base):
    """The same with the agreement between its parties: nothing of it shows anywhere, and what is left is what the command tells the public."""
    folder = workspace(base, "hidden", "parties")
    os.remove(os.path.join(folder, "strengths.csv"))  # by which relief would be known to give what only the agreement says
    server = Server(folder)
    shown = []
    for path in ("/overlaps?service=all", "/overlaps/leads.csv?service=all", "/overlaps/parties.csv?service=all", "/overlaps/agreements.csv?service=all",
                 "/unknowns?service=all", "/unknowns/facts.csv?service=all", "/readiness", "/readiness/agreements.csv", "/readiness/why.csv",
                 "/advice?service=all", "/advice/places.csv?service=all", "/advice/lifts.csv?service=all", "/api/v1/overlaps?limit=1000",
                 "/api/v1/unknowns?limit=1000", "/api/v1/readiness", "/api/v1/advice", "/api/v1/matrix?rows=nationality&cols=sector&limit=1000"):
        code, headers, text = server.ask("GET", path)
        if code != 200 or CANARY in text.decode():
            shown.append((path, code))
    test("page-hidden: analyses know nothing of what the public may not see", f"{shown}" if shown else "")
    rows = table(server, "/overlaps/assets.csv?service=all")
    test("page-hidden: nor what it promises", "" if rows == [] else f"{rows}")
    for path in (f"/api/v1/readiness?agreement={CANARY}", f"/readiness/agreements.csv?agreement={CANARY}"):
        one, other = server.ask("GET", path)[2].decode(), server.ask("GET", path.replace(CANARY, "no-such-thing-00"))[2].decode()
        test(f"page-hidden: {path} is answered like one that does not exist", "" if one == other else f"{one}, {other}")
    problem("page-hidden: no draft of what only its parties see", server.ask("GET", "/advice/advised-relief-relief-items.yaml"), 404)
    for path, words in (("unknowns?limit=1000", ["unknowns"]), ("readiness", ["ready"]), ("advice", ["advise"]), ("matrix?limit=1000", ["matrix"])):
        test(f"page-hidden: /api/v1/{path} is what the command tells the public",
             "" if server.ask("GET", "/api/v1/" + path)[2] == command(folder, *words, "--format", "json") else "it differs")
    server.stop()


def main():
    with tempfile.TemporaryDirectory() as base:
        folder = workspace(base, "open")
        server = Server(folder)
        for check in (overlaps, interface, unknowns, readiness, advice):
            check(server, folder)
        languages(server)
        server.stop()
        hidden(base)
    print(f"1..{sum(results)}")
    sys.exit(1 if results[1] else 0)


if __name__ == "__main__":
    main()
