#!/usr/bin/env python3
"""What goes wrong, told to people as pages in their language and to programs as problem documents. Prints TAP.

    faults.py ENTENTE SOURCE_ROOT"""
import json, re, sys
from serve import HEADERS, SMALL, Server, results, test
from help import FORM

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORM_TYPE = {"Content-Type": FORM}
# Method, address, body, its heads, status, and words of the page in English, French and Arabic.
FAULTS = (("GET", "/nothing", None, {}, 404, ("Nothing is here", "Aucune page n’a cette adresse", "لا توجد صفحة بهذا العنوان")),
          ("GET", "/places/bbb", None, {}, 404, ("No country has this code", "Aucun pays n’a ce code", "لا يوجد بلد بهذا الرمز")),
          ("GET", "/places?nothing=1", None, {}, 400, ("Parameters are faulty", "Des paramètres sont erronés", "في المعلمات أخطاء")),
          ("GET", "/%zz", None, {}, 400, ("not well written", "pas bien écrite", "غير مكتوب كما ينبغي")),
          ("DELETE", "/places", None, {}, 405, ("Not by this method", "Pas par cette méthode", "ليس بهذه الطريقة")),
          ("GET", "/?service=nothing", None, {}, 422, ("No service has this code", "Aucun service n’a ce code", "لا توجد خدمة بهذا الرمز")),
          ("POST", "/help", b"x" * 20000, FORM_TYPE, 413, ("too large", "trop grand", "أكبر من المسموح")),
          ("POST", "/help", b"{}", {"Content-Type": "application/json"}, 415, ("Send the form", "Envoyez le formulaire", "أرسل استمارة")),
          ("POST", "/help", b"", {**FORM_TYPE, "Sec-Fetch-Site": "cross-site"}, 403, ("Not allowed", "Non autorisé", "غير مسموح")))


def pages(server):
    for method, path, body, heads, status, words in FAULTS:
        for lang, word in zip(("en", "fr", "ar"), words):
            code, headers, text = server.ask(method, path, body, {"Accept": BROWSER, "Accept-Language": lang, **heads})
            page, fault = text.decode(), ""
            if code != status or headers["content-type"] != "text/html; charset=utf-8" or headers["cache-control"] != "no-store":
                fault = f"{code} {headers}"
            elif word not in page or f'<html lang="{lang}"' not in page or 'href="/"' not in page or "Accept" not in headers["vary"]:
                fault = f"not '{word}': {page[-1500:]}"
            elif path.startswith("/help") and "cx-leave" not in page and "exit" not in page.lower():
                fault = "a page of find help that cannot be left at once"
            for name, value in HEADERS.items():
                fault = fault or ("" if headers.get(name) == value else f"{name}: {headers.get(name)}")
            test(f"{method} {path} {status} as a page in {lang}", fault)
        for accept in (None, "*/*", "application/json", "application/problem+json, text/html;q=0.5"):
            code, headers, text = server.ask(method, path, body, {**({"Accept": accept} if accept else {}), **heads})
            test(f"{method} {path} {status} for {accept}: a problem document",
                 "" if code == status and headers["content-type"] == "application/problem+json" and json.loads(text)["next"] else f"{code} {headers}")
    code, headers, text = server.ask("GET", "/api/v1/nothing", headers={"Accept": BROWSER})
    test("addresses of programs have no pages", "" if headers["content-type"] == "application/problem+json" else str(headers))


def nearest(server):
    for path, want in (("/places/bbb", "BBB"), ("/parties/aaa", "AAA")):
        test(f"{path}: the nearest is named", "" if json.loads(server.ask("GET", path)[2]).get("nearest") == want else "no")
        page = server.ask("GET", path, headers={"Accept": BROWSER})[2].decode()
        test(f"{path}: and linked", "" if f'href="{path[:path.rindex("/")]}/{want}"' in page else page[-1500:])
    for path, want in (("/posts/aaa@bbb-twon", "/posts/AAA%40BBB-town"), ("/agreements/onw", "/agreements/own"), ("/practices/dril", "/practices/drill")):
        text = server.ask("GET", path, headers={"Accept": "text/html"})[2].decode()
        test(f"{path}: the page offers what was probably meant", "" if f'"govuk-link" href="{want}' in text else text[-1500:])
    test("nothing is named that is not near", "" if "nearest" not in json.loads(server.ask("GET", "/places/zzzzzzzz")[2]) else "it is")
    page = server.ask("GET", "/places?%3Cscript%3E=1", headers={"Accept": BROWSER})[2].decode()
    test("what was asked is shown as text", "" if "<script" not in page and "&lt;script&gt;" in page else page[-1500:])


def main():
    server = Server(SMALL)
    pages(server)
    nearest(server)
    test("the server ends well", "" if server.stop() == 0 else server.lines()[-1000:])
    print(f"1..{sum(results)}")
    sys.exit(1 if results[1] else 0)


if __name__ == "__main__":
    main()
