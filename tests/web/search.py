#!/usr/bin/env python3
"""Search in practices and agreements over loopback: pages, CSV and lists agree, from a folder and from a database; what is typed is data; what
is hidden is not found; nothing that was searched for is written down. Prints TAP.

    search.py ENTENTE SOURCE_ROOT"""
import csv, html, io, json, os, re, shutil, subprocess, sys, tempfile, urllib.parse
from serve import ENTENTE, ROOT, SMALL, Server, problem, results, test

PRACTICES = {
    "boats": ("Evacuation by boat", "[ AAA ]", "type_of_crisis: Conflict\n", "Boats took people from the **port** of [Aland](https://a.example/)."),
    "lists": ("Lists that are kept", "[ BBB ]", "type_of_crisis: Natural Disaster\n", "Evacuation lists of an embassy; <i>not</i> a & b, \"quoted\"."),
    "ring": ("A ring of calls", "[ world ]", "", "Each calls the next. Une évacuation. قائمة السفر."),
}


def workspace(base):
    folder = os.path.join(base, "w")
    shutil.copytree(SMALL, folder)
    for name, (title, country, crisis, text) in PRACTICES.items():
        with open(os.path.join(folder, "practices", name + ".md"), "w", encoding="utf-8") as file:
            file.write(f"---\npractice: {name}\ntitle: {title}\ntype_of_practice: Tools\ncountry: {country}\nname_of_stakeholder: Somebody\n"
                       f"type_of_stakeholder_implementing: [ Host State ]\n{crisis}guidelines: [ 7 ]\n"
                       f"sources:\n  - {{ title: A letter, basis: illustrative }}\nas_of: 2022-01-01\n---\n{text}\n")
    own = open(os.path.join(folder, "agreements", "own.yaml"), encoding="utf-8").read()
    hidden = own.replace("agreement: own", "agreement: veiled").replace("visibility: public", "visibility: parties").replace("Own nationals", "Veiled nationals")
    assert hidden.count("veiled") == 1 and "visibility: parties" in hidden and "Veiled" in hidden, hidden
    with open(os.path.join(folder, "agreements", "veiled.yaml"), "w", encoding="utf-8") as file:
        file.write(hidden)
    return folder


def address(path, **query):
    return path + "?" + urllib.parse.urlencode(query)


def rows(server, path, **query):
    code, headers, text = server.ask("GET", address(path + ".csv", **query))
    assert code == 200, (code, text)
    return list(csv.DictReader(io.StringIO(text.decode("utf-8"))))


def three_ways(server, noun, query):
    """Ids in order, when page, CSV and list agree; else what each says."""
    listed = rows(server, "/" + noun, **query)
    page = server.ask("GET", address("/" + noun, lang="en", **query))[2].decode()
    ids = [row[noun[:-1]] for row in listed]
    body = page[page.index("<tbody"):page.index("</tbody>")]
    shown = re.findall(rf'<th scope="row"[^>]*>\s*<a href="/{noun}/([^"?]+)', body)
    items = json.loads(server.ask("GET", address("/api/v1/" + noun, **query))[2])["items"] if set(query) <= {"q"} else None
    marked = [html.unescape(re.sub(r"<[^>]*>", "", cell)) for cell in re.findall(r"<td[^>]*>\s*<bdi>((?:(?!</td>).)*<mark>.*?)</bdi>\s*</td>", body)]
    fault = ""
    if ids != shown or (items is not None and [item["id"] for item in items] != ids):
        fault = f"CSV {ids}, page {shown}, list {items}"
    elif "q" in query and bool(marked) != ("<mark>" in body):
        fault = "no passage could be read from the page"
    elif any(text not in [row["found"] for row in listed] for text in marked):
        fault = f"{marked} on the page, {[row['found'] for row in listed]} as CSV"
    elif items is not None and "q" in query and [item.get("found") or "" for item in items] != [row["found"] for row in listed]:
        fault = "the list gives other passages than the CSV"
    return ids, page, fault


def finding(server, where):
    for query, wanted in (({"q": "evacuation"}, ["boats", "lists", "ring"]), ({"q": "évac"}, ["boats", "lists", "ring"]), ({"q": "EMBASSY list"}, ["lists"]), ({"q": "embassies listing"}, ["lists"]),
                          ({"q": "port"}, ["boats"]), ({"q": "Aland"}, ["boats"]), ({"q": "السفر"}, ["ring"]), ({"q": "قَائِمَة"}, ["ring"]),
                          ({"q": "somebody", "crisis": "conflict"}, ["boats", "ring"]), ({"q": "evacuation", "country": "BBB"}, ["lists"]),
                          ({"crisis": "natural-disaster"}, ["drill", "lists", "ring"]), ({"q": "   "}, ["boats", "drill", "lists", "ring"]),
                          ({"q": "boats zebra"}, ["boats"]), ({"q": "zebra"}, []), ({"q": "a.example"}, [])):
        ids, page, fault = three_ways(server, "practices", query)
        test(f"{where}: {query} finds {wanted}, on the page, as CSV and in the list", fault or ("" if ids == wanted or sorted(ids) == wanted else str(ids)))
    page = three_ways(server, "practices", {"q": "quoted not"})[1]
    found = re.search(r"<bdi>([^<]*<mark>not</mark>.*?)</bdi>", page)
    test(f"{where}: words are marked and markup in a text stays text", "" if found and "&amp; b" in found[1] and "<mark>quoted</mark>" in found[1]
         and "<i>" not in found[1] else f"{found and found[1]}")
    page = three_ways(server, "practices", {"q": "boats zebra"})[1]
    test(f"search-some {where}: where none has all words it is said so", "" if "None has all of these words" in page else "it is not")
    ids, _, fault = three_ways(server, "agreements", {"q": "nationals"})
    test(f"search-hidden {where}: an agreement that is not public is not found", fault or ("" if ids == ["own"] else str(ids)))
    ids, _, fault = three_ways(server, "agreements", {"q": "veiled"})
    test(f"search-hidden {where}: nor by its own words", fault or ("" if ids == [] else str(ids)))


def turning_pages(server):
    path, seen = address("/api/v1/practices", q="évacuation <&\"", limit=1), []
    while path and len(seen) < 9:
        answer = json.loads(server.ask("GET", path)[2])
        seen += [item["id"] for item in answer["items"]]
        path = answer["next"]
    whole = json.loads(server.ask("GET", address("/api/v1/practices", q="évacuation <&\""))[2])["items"]
    test("a list that was searched is turned page by page, in its order", "" if seen == [item["id"] for item in whole] and len(seen) == 3 else str(seen))
    problem("an item that was not found is no place to go on from", server.ask("GET", address("/api/v1/practices", q="port", after="lists")), 422)


def hostile(server):
    """search-plain: quotes, operators and long or broken words are data."""
    long = "x" * 1900
    for words in ('"', "'", '""" NEAR', "NEAR(a b, 2)", "*", "a* OR b*", "title:x", "^a", "{a} : b", "-a", "a AND", "(((((", "\\", "%", "_", "٭", "‮abc", "ar‏",
                  "<script>alert(1)</script>", "'; DROP TABLE words; --", long, "\"" * 600):
        for path in ("/practices", "/practices.csv", "/api/v1/practices", "/agreements", "/agreements.csv", "/api/v1/agreements"):
            code, _, text = server.ask("GET", address(path, q=words))
            if code != 200 or b"<script" in text and "csv" not in path and "api" not in path:
                test(f"search-plain: {words[:30]!r} at {path}", f"{code} {text[:200]}")
                break
        else:
            test(f"search-plain: {words[:30]!r} is only a word", "")
    for name, query in (("NUL", "q=a%00b"), ("half a letter", "q=%D9"), ("a broken escape", "q=%2"), ("twice", "q=a&q=b")):
        code = server.ask("GET", "/practices?" + query)[0]
        test(f"{name} is refused", "" if code in (400, 422) else code)
    many = " ".join("abcdefghijklmnopq")
    code, _, text = server.ask("GET", address("/practices", q=many, lang="en"))
    test("too many words are a fault of the field", "" if code == 422 and b'href="#q"' in text and b'id="q-error"' in text else f"{code}")
    problem("too many words are a problem of the CSV", server.ask("GET", address("/practices.csv", q=many)), 422)
    problem("too many words are a problem of the list", server.ask("GET", address("/api/v1/practices", q=many)), 422)
    code, _, text = server.ask("GET", address("/practices", q="sea <b>", lang="en"))
    test("the words stand in the field again, escaped", "" if b'value="sea &lt;b&gt;"' in text else text[:200])


def main():
    with tempfile.TemporaryDirectory() as base:
        folder, database = workspace(base), os.path.join(base, "store.db")
        subprocess.run([ENTENTE, "-w", database, "init", folder], check=True, capture_output=True)
        for where, place in (("folder", folder), ("database", database)):
            server = Server(place)
            finding(server, where)
            if where == "folder":
                turning_pages(server)
                hostile(server)
            ended = server.stop()  # lines are gathered: now all are written
            log = server.lines()
            said = [word for word in ("evacuation", "vac", "zebra", "embassy", "السفر", "q=", "%D8", "DROP") if word in log]
            test(f"{where}: what was searched for is not written down", f"the log has {said}" if said else "" if "/practices" in log else "there is no log")
            test(f"{where}: the server goes down as it should", "" if ended == 0 else "it does not")
    print(f"1..{sum(results)}")
    sys.exit(1 if results[1] else 0)


main()
