#!/usr/bin/env python3
"""What travels: gzip by the reader's weights, tags and 304, HEAD, and what is never compressed. Prints TAP.

    coding.py ENTENTE SOURCE_ROOT"""
import gzip, json, sys
from serve import QUESTION, SMALL, Server, post, results, test
from help import send

# Accept-Encoding and whether gzip is what it asks for.
WEIGHTS = (("gzip, deflate, br", True), ("br;q=1.0, gzip;q=0.5", True), ("*", True), ("*;q=0.1", True), ("x-gzip", True), ("GZIP", True),
           ("identity;q=0.5, gzip;q=0.5", True), ("identity;q=0, gzip;q=0.001", True), ("gzip;q=1.000", True), ("gzip ; q=0.8", True),
           ("gzip;q=0", False), ("gzip;q=0.000, *", False), ("*;q=0", False), ("identity, gzip;q=0.9", False), ("br", False), ("", False),
           ("xgzip", False), ("gzip;q=2", False), ("gzip;q=-1", False), ("gzip;q=", False), ("gzip;q=0.12345", False), ("gzip;x", False),
           (";;,,;q=1", False), ("\x7f", False))
# Rows that are asked for again: made for one reader, and kept for all.
CHECKED = ("/", "/places", "/agreements", "/gaps.csv?below=will", "/api/v1/gaps", "/api/v1/posts?limit=1000", "/openapi.yaml", "/world/services.csv",
           "/places/BBB?lang=ar")


def weights(server):
    for accept, packed in WEIGHTS:
        code, headers, text = server.ask("GET", "/", headers={"Accept-Encoding": accept.encode("latin-1")} if accept else None)
        got = headers.get("content-encoding") == "gzip"
        test(f"gzip by weights: '{accept!r}'", "" if code == 200 and got == packed and (not got or gzip.decompress(text)) else str(headers))


def tags(server):
    for path in CHECKED:
        code, headers, plain = server.ask("GET", path)
        packed = server.ask("GET", path, headers={"Accept-Encoding": "gzip"})
        fault = "" if code == 200 and "content-encoding" not in headers and gzip.decompress(packed[2]) == plain and len(packed[2]) < len(plain) else "bytes differ"
        tag, other = headers.get("etag", ""), packed[1].get("etag", "")
        if not (tag.startswith('"') and other.startswith('"') and tag != other):
            fault = f"tags {tag} {other}"
        if "Accept-Encoding" not in headers.get("vary", "") or packed[1].get("vary") != headers.get("vary"):
            fault = f"vary {headers.get('vary')}"
        test(f"{path}: the same bytes plain and as gzip, each with its tag", fault)
        fault = ""
        for accept, mine, theirs in ((None, tag, other), ("gzip", other, tag)):
            extra = {"Accept-Encoding": accept} if accept else {}
            for said, want in ((mine, 304), ("W/" + mine, 304), (f'"x", {mine}', 304), ("*", 304), (theirs, 200), ('"x"', 200), (mine.strip('"'), 200)):
                code, headers, text = server.ask("GET", path, headers={"If-None-Match": said, **extra})
                if code != want or (code == 304 and (text or headers.get("etag") != mine or headers["cache-control"] != "no-cache" or "vary" not in headers
                                                      or "content-encoding" in headers or headers.get("content-length", "x") == "0")):
                    fault = f"{said} for {accept}: {code} {headers}"
            code, headers, text = server.ask("HEAD", path, headers=extra)
            whole = server.ask("GET", path, headers=extra)
            if text or code != 200 or headers != {**whole[1], "date": headers["date"]} or headers["content-length"] != str(len(whole[2])):
                fault = f"HEAD for {accept}: {headers}, not {whole[1]}"
            if server.ask("HEAD", path, headers={"If-None-Match": mine, **extra})[0] != 304:
                fault = "HEAD is not answered 304"
        test(f"{path}: who has it gets 304, HEAD the same heads as GET", fault)
    again = Server(SMALL)
    same = [again.ask("GET", path)[1]["etag"] == server.ask("GET", path)[1]["etag"] for path in CHECKED]
    test("answer-tag: another server of the same state gives the same tags", "" if all(same) else str(same))
    again.stop()


def never(server):
    gzips = {"Accept-Encoding": "gzip"}
    words = "they keep my passport " * 200
    for name, answer in (("POST /api/v1/who", post(server, {**QUESTION, "nationality": ["AAA", "BBB"]}, **gzips)),
                         ("POST /help", send(server, {"place": "BBB", "nationality": "AAA", "words": words}, **gzips)),
                         ("POST /api/v1/help", server.ask("POST", "/api/v1/help", json.dumps({"place": "BBB", "nationality": "AAA", "words": words}).encode(),
                                                          {"Content-Type": "application/json", **gzips}))):
        code, headers, text = answer
        plain = "content-encoding" not in headers and "etag" not in headers and headers["cache-control"] == "no-store"
        test(f"answer-breach: {name} is about a person and is not compressed", "" if code in (200, 422) and len(text) > 860 and plain else f"{code} {len(text)} {headers}")
    code, headers, text = server.ask("GET", "/help", headers=gzips)
    test("the form of find help, the same for everybody, is", "" if headers.get("content-encoding") == "gzip" and "etag" not in headers else str(headers))
    code, headers, text = server.ask("GET", "/healthz", headers=gzips)
    test("what is short is sent as it is", "" if "content-encoding" not in headers and headers["vary"] == "Accept-Encoding" else str(headers))


def main():
    server = Server(SMALL)
    weights(server)
    tags(server)
    never(server)
    server.stop()
    print(f"1..{sum(results)}")
    sys.exit(1 if results[1] else 0)


if __name__ == "__main__":
    main()
