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


def hidden(base):
    """The same with the agreement between its parties: nothing of it shows anywhere, and what is left is what the command tells the public."""
    folder = workspace(base, "hidden", "parties")
    server = Server(folder)
    shown = []
    for path in ("/overlaps?service=all", "/overlaps/leads.csv?service=all", "/overlaps/parties.csv?service=all", "/overlaps/agreements.csv?service=all"):
        code, headers, text = server.ask("GET", path)
        if code != 200 or CANARY in text.decode():
            shown.append((path, code))
    test("page-hidden: analyses know nothing of what the public may not see", f"{shown}" if shown else "")
    rows = table(server, "/overlaps/assets.csv?service=all")
    test("page-hidden: nor what it promises", "" if rows == [] else f"{rows}")
    server.stop()


def main():
    with tempfile.TemporaryDirectory() as base:
        folder = workspace(base, "open")
        server = Server(folder)
        overlaps(server, folder)
        server.stop()
        hidden(base)
    print(f"1..{sum(results)}")
    sys.exit(1 if results[1] else 0)


if __name__ == "__main__":
    main()
