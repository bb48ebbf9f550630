#!/usr/bin/env python3
"""page-area, page-sectors, page-find-place: places that are no country, by what name they are found, a country's sectors and phases, links between posts and agencies, the list of parties, and what groups and types of practice are called in the reader's language.
Prints TAP.

    places.py ENTENTE SOURCE_ROOT"""
import csv, html, io, os, re, shutil, subprocess, sys, tempfile, urllib.parse
from serve import ENTENTE, ROOT, SMALL, Server, problem, results, table, test


def linked(base):
    folder = os.path.join(base, "linked")
    shutil.copytree(SMALL, folder)
    with open(os.path.join(folder, "sources.csv"), encoding="utf-8") as file:
        source = list(csv.DictReader(file))[0]["source"]
    with open(os.path.join(folder, "links.csv"), "w", encoding="utf-8") as file:
        file.write("from_party,to_party,place,purpose,tested_out,tested_back,source\n"
                   f"AAA,BBB,BBB-town,notification,2022-03-01,,{source}\nAAA,CCC,CCC,notification,,,{source}\n")
    return folder


def links(server):
    rows = table(server, "/places/BBB/links.csv")
    got = [(row["From"], row["To"], row["Where"], row["Purpose"], row["Tested out"], row["Tested back"]) for row in rows]
    test("links of a country: those at its places, tested or not known", "" if got == [("Aland", "Beland", "Town", "notification", "2022-03-01", "not known")] else got)
    page = server.ask("GET", "/places/BBB?lang=en")[2].decode()
    test("and on its page", "" if 'id="links"' in page and "/places/BBB/links.csv" in page else "no")
    test("no link is not known", "" if "it is not known" in server.ask("GET", "/places/AAA/links?lang=en")[2].decode() else "no")


def sectors(server, folder):
    told = subprocess.run([ENTENTE, "-w", folder, "matrix", "--place", "BBB", "--as", "public", "--format", "csv"], stdout=subprocess.PIPE).stdout.decode()
    keys = ("will", "shall", "may", "remote", "not_known", "none_proven")
    phases = {"before": "Before a crisis", "during": "During a crisis", "after": "After a crisis"}
    want = {(row["sector"], phases[row["phase"]], row["people"], *(row[key] for key in keys), row["parties"] or "-") for row in csv.DictReader(io.StringIO(told))}
    got = {(row["Number"], row["Phase"], row["People"], row["will"], row["shall"], row["may"], row["remote"], row["not known"], row["nobody"], row["Parties"])
           for row in table(server, "/places/BBB/sectors.csv?lang=en")}
    test("page-sectors: what the command matrix says", "" if got == want and len(got) == 48 else f"{sorted(got ^ want)[:4]}")
    page = server.ask("GET", "/places/BBB/sectors?lang=en")[2].decode()
    cells = re.findall(r'cx-band[^>]*>.*?</span>\s*(?:<bdi>([^<]*)</bdi>)?', page, re.S)
    test("page-sectors: a cell names parties and a share", "" if len(cells) == 48 and any(re.fullmatch(r"\d+; (< )?\d+\u00a0%", cell) for cell in cells) else cells[:5])


def areas(server):
    page = server.ask("GET", "/places/BBB-town?lang=fr")[2].decode()
    test("page-area: a town leads up to its country, and has its posts", "" if 'href="/places/BBB?lang=fr"' in page and "/posts/AAA%40BBB-town" in page else page[:300])
    rows = table(server, "/places/BBB-town/numbers.csv")
    test("page-area: and its numbers", "" if any(row["Where"] == "Town" for row in rows) and all(row["Where"] == "Town" for row in rows) else rows)
    rows = table(server, "/places/m49:002/within.csv")
    test("page-area: a region leads to what lies in it", "" if {"BBB"} & {row["Code"] for row in rows} or rows else rows)
    page = server.ask("GET", "/places/BBB?lang=en")[2].decode()
    test("page-area: a country leads up to its region", "" if re.search(r'href="/places/m49(:|%3A)\d+\?lang=en"', page) else "no")


def parties(server):
    every = table(server, "/parties.csv")
    states = table(server, "/parties.csv?kind=state")
    test("parties: by kind", "" if states and len(states) < len(every) and {row["Kind"] for row in states} == {"State"} else states)
    test("parties: by the start of the name, in any letters", "" if [row["Code"] for row in table(server, "/parties.csv?name=aLa")] == ["AAA"] else "no")
    test("parties: by the start of the code", "" if [row["Code"] for row in table(server, "/parties.csv?name=bb")] == ["BBB"] else "no")
    rows = table(server, "/parties.csv?country=Beland")
    test("parties: by country", "" if rows and {row["Country"] for row in rows} == {"Beland"} else rows)
    page = server.ask("GET", "/parties?kind=state&lang=ar")[2].decode()
    test("parties: the page has the same rows, each leading on", "" if page.count('<th scope="row"') == len(states) and 'href="/parties/AAA?lang=ar"' in page else "no")
    for path, field in (("/parties?kind=x", "kind"), ("/parties?country=Nowhere", "country")):
        code, headers, text = server.ask("GET", path)
        test(f"{path}: a fault at its field", "" if code == 422 and f'id="{field}-error"' in text.decode() else f"{code}")
        problem(f"{path}: and of its CSV", server.ask("GET", path.replace("?", ".csv?")), 422)
    problem("a page of the list that is none", server.ask("GET", "/parties?page=0"), 404)


def posts(server):
    every = table(server, "/posts.csv")
    test("posts: all that are on record today", "" if [row["Post"] for row in every] == ["AAA@BBB-town"] and every[0]["Basis"] == "sourced" and every[0]["Source"] else every)
    for query, count in (("sending=AAA", 1), ("sending=aLand", 1), ("sending=BBB", 0), ("host=Beland", 1), ("host=AAA", 0), ("kind=embassy", 1), ("kind=consulate", 0), ("state=open", 1),
                         ("state=closed", 0), ("sending=AAA&host=BBB&kind=embassy&state=open", 1)):
        rows, page = table(server, "/posts.csv?" + query), server.ask("GET", f"/posts?lang=ar&{query}")[2].decode()
        test(f"posts: {query}", "" if len(rows) == page.count('<th scope="row"') == count else f"{rows}")
    page = server.ask("GET", "/posts?lang=en&sending=AAA")[2].decode()
    test("posts: each leads to itself, its State and its country", "" if all(f'href="{path}?lang=en"' in page for path in ("/posts/AAA%40BBB-town", "/parties/AAA", "/places/BBB"))
         and 'href="/posts.csv?sending=AAA"' in page else page[-3000:])
    for path, field in (("/posts?kind=x", "kind"), ("/posts?sending=Nobody", "sending"), ("/posts?host=Nowhere", "host"), ("/posts?state=x", "state")):
        code, headers, text = server.ask("GET", path)
        test(f"{path}: a fault at its field", "" if code == 422 and f'id="{field}-error"' in text.decode() else f"{code}")
        problem(f"{path}: and of its CSV", server.ask("GET", path.replace("?", ".csv?")), 422)
    problem("a page of the list of posts that is none", server.ask("GET", "/posts?page=x"), 404)
    for path in ("/places", "/parties", "/"):
        test(f"posts: {path} leads to the list", "" if 'href="/posts?lang=en"' in server.ask("GET", path + "?lang=en")[2].decode() else "no")


def found(server, words, lang="en"):
    return table(server, f"/places.csv?lang={lang}&q={urllib.parse.quote(words)}")


def by_name(server):
    for words, code in (("Nepal", "NPL"), ("नेपाल", "NPL"), ("ኢትዮጵያ", "ETH"), ("الإكوادور", "ECU"), ("ecuad", "ECU"), ("Ελλάδα", "GRC"), ("npl", "NPL"), ("kathm", "NPL-kathmandu")):
        rows = found(server, words)
        test(f"page-find-place: {words} is {code}", "" if rows and rows[0]["Code"] == code else rows[:3])
    rows = found(server, "georgia")
    test("page-find-place: called so before a part of the name, countries before provinces", "" if [row["Code"] for row in rows] == ["GEO", "US-GA", "SGS"] else rows)
    for words in ("zzz", "%00", "x" * 300, "\u202e"):
        code, _, text = server.ask("GET", "/places?lang=en&q=" + urllib.parse.quote(words))
        test(f"page-find-place: {words[:9]!r} is nothing, and the way on is there", "" if code == 200 and "No place on record" in text.decode() and 'href="/places?lang=en"' in text.decode() else code)
    page = server.ask("GET", "/places?lang=fr&q=Nepall")[2].decode()
    test("page-find-place: a slip of the keys leads to the nearest name", "" if re.search(r'href="/places/NPL\?lang=fr"[^>]*>Vouliez-vous dire <bdi>Népal', page) else page[-900:])
    page = server.ask("GET", "/places?lang=en&q=%3Cb%3E")[2].decode()
    test("page-find-place: what was typed stands in its field, escaped", "" if 'value="&lt;b&gt;"' in page else "no")
    page = server.ask("GET", "/?lang=es")[2].decode()
    test("page-find-place: the first page asks for it too", "" if re.search(r'<form[^>]*action="/places', page) and 'name="q"' in page else "no")
    names = [row["País"] for row in table(server, "/places.csv?lang=es")]
    test("page-find-place: countries in the order of the reader's alphabet", "" if len(names) > 200 and names[:2] == ["Afganistán", "Albania"] and names.index("Níger") < names.index("Nigeria") else names[:9])


def groups(server):
    for lang, name in (("en", "Organization of American States"), ("fr", "Organisation des États américains"), ("ar", "منظمة الدول الأمريكية")):
        page = html.unescape(server.ask("GET", f"/advice?lang={lang}")[2].decode())
        test(f"group-names: a group is called by its name, {lang}", "" if name in page and not re.search(r"[“«]\W*oas\W*[»”]", page) else "its id, or nothing")


def practice_types(server):
    page = server.ask("GET", "/practices?lang=ar&type=Contingency+plans")[2].decode()
    test("practice-types: the reader's word is shown, the repository's is asked for", "" if '<option value="Contingency plans" selected>خطط الطوارئ' in page and page.count("خطط الطوارئ") > 1 else "no")
    test("practice-types: in CSV they stay as the repository writes them", "" if {row["type_of_practice"] for row in table(server, "/practices.csv?type=Funds")} == {"Funds"} else "no")


def filters(server):
    """A filter takes a country by what people call it, and of a name with a slip tells the nearest."""
    for page, field in (("gaps", "place"), ("gaps", "nationality"), ("unknowns", "place"), ("practices", "country"), ("calendar", "place"),
                        ("posts", "sending"), ("posts", "host"), ("parties", "country")):
        codes = [server.ask("GET", f"/{page}?{field}={name}&lang=en")[0] for name in ("UK", "DRC", "uae")]
        code, headers, text = server.ask("GET", f"/{page}?{field}=Lebanom&lang=en")
        text = html.unescape(text.decode())
        test(f"a filter by name: {page}, {field}", "" if codes == [200] * 3 and code == 422 and re.search("has this code or name. Did you mean Lebanon.", text)
             else f"{codes} {code}")
    near = server.ask("GET", "/gaps?place=qwertyuiop&lang=en")[2].decode()
    test("a filter by name: what is near nothing", "" if "has this code or name.<" in near and "Did you mean" not in near else near[-2000:])


def main():
    with tempfile.TemporaryDirectory() as base:
        folder = linked(base)
        server = Server(folder)
        links(server)
        sectors(server, folder)
        areas(server)
        parties(server)
        posts(server)
        server.stop()
        server = Server(os.path.join(ROOT, "data"))
        by_name(server)
        filters(server)
        groups(server)
        practice_types(server)
        test("the server stops when told", "" if server.stop() == 0 else "it does not")
    print(f"1..{sum(results)}")
    sys.exit(bool(results[1]))


main()
