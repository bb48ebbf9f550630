#!/usr/bin/env python3
"""Papers over loopback: Guideline 7 and its print, versions of agreements and what differs, verification, the feed of changes and the calendar.
Prints TAP.

    papers.py ENTENTE SOURCE_ROOT"""
import html, os, re, shutil, sys, tempfile
from serve import ROOT, SMALL, Server, fields, problem, results, test

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
    test("guideline-print: what a practice says is in its print", "" if "presidency goes round in alphabetical order" in whole else "no")
    problem("a print that is none", server.ask("GET", "/guidelines/7?print=all"), 422)
    for path in ("/guidelines/8", "/guidelines/", "/guidelines/7/x"):
        code, headers, text = server.ask("GET", path)
        test(f"{path}: where to go on", "" if code == 404 and 'href="/guidelines/7"' in text.decode() else f"{code}")
    small = Server(SMALL)
    text = page(small, "/guidelines/7?lang=en")
    test("without templates the points stand without clauses", "" if text.count("<li>") > 20 and "/agreements/state-io" not in text else text[:300])
    small.stop()


def main():
    with tempfile.TemporaryDirectory() as base:
        server = Server(DATA)
        guideline(server)
        guideline_print(server)
        server.stop()
        templates(base)
    print(f"1..{sum(results)}")
    sys.exit(1 if results[1] else 0)


if __name__ == "__main__":
    main()
