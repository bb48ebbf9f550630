#!/usr/bin/env python3
"""page-budget, page-first: pages of the real collection are light enough for a cheap phone over a bad line, and what is cut from a page stands whole
behind its link. Prints TAP.

    budgets.py ENTENTE SOURCE_ROOT"""
import csv, gzip, html, io, os, re, sys
from serve import ROOT, Server, results, test

HTML_MAX, VIEW_MAX = 14 * 1024, 30 * 1024
# The longest lists of each kind, and countries of which much is known.
PATHS = ["/", "/world/services", "/world/countries", "/places", "/places/USA", "/places/FRA", "/places/RUS", "/places/LBN", "/places/TUV",
         "/places/USA/people", "/places/USA/matrix", "/places/USA/numbers", "/places/USA/posts", "/places/USA/agreements",
         "/places/USA/readiness", "/parties/FRA", "/parties/USA/posts", "/parties/FRA/acts", "/parties/icrc", "/posts", "/agreements", "/practices", "/gaps", "/help"]


def packed(text):
    return len(gzip.compress(text, 9))


def light(server):
    for lang in ("en", "ar"):
        for path in PATHS:
            code, headers, text = server.ask("GET", f"{path}?lang={lang}")
            size = packed(text)
            test(f"page-budget: {path} in {lang}, {size} bytes", "" if code == 200 and size <= HTML_MAX else f"{code}, {size} bytes")
        code, headers, text = server.ask("GET", f"/?lang={lang}")
        files = {html.unescape(link) for link in re.findall(r'(?:<link rel="stylesheet" href|<img [^>]*src)="([^"]+)"', text.decode())}
        sizes = [packed(server.ask("GET", path)[2]) for path in sorted(files)]
        test(f"page-budget: the first view of the world in {lang}, {packed(text)} and {sizes} bytes",
             "" if len(files) == 2 and packed(text) + sum(sizes) <= VIEW_MAX else f"{files}")


def rows(page):
    return re.findall(r'<th scope="row"[^>]*>(.*?)</th>', page, re.S)


def walk(server, path):
    """The first cells of a table, page by page, as a reader follows the links."""
    found, count = [], 0
    while path and count < 50:
        page = server.ask("GET", path)[2].decode()
        found += rows(page)
        count += 1
        following = re.search(r'href="([^"]*)" rel="next"', page)
        path = html.unescape(following[1]) if following else None
    return found, count


def whole(server):
    for path, least in (("/world/countries", 3), ("/places/USA/posts", 4), ("/parties/FRA/posts", 3), ("/places/TUV/people", 1)):
        found, count = walk(server, path + "?lang=en")
        table = list(csv.reader(io.StringIO(server.ask("GET", path + ".csv?lang=en")[2].decode(), newline="")))[1:]
        first = [html.unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in found]
        test(f"page-first: {path} in {count} pages is its CSV, row by row", "" if first == [row[0] for row in table] and count >= least else
             f"{len(first)} rows in {count} pages, {len(table)}")
    page = server.ask("GET", "/places/USA?lang=en")[2].decode()
    test("page-first: a long table leads to all of it", "" if f'href="/places/USA/posts?lang=en"' in page and len(rows(page)) <= 10 * 15 else "no")
    last = rows(server.ask("GET", "/places/USA/posts?page=9999&lang=en")[2].decode())
    test("page-first: behind the last page stands the last", "" if last and last == walk(server, "/places/USA/posts?lang=en")[0][-len(last):] else f"{len(last)}")


if __name__ == "__main__":
    real = Server(os.path.join(ROOT, "data"))
    light(real)
    whole(real)
    test("the server stops when told", "" if real.stop() == 0 else "it does not")
    print(f"1..{sum(results)}")
    sys.exit(bool(results[1]))
