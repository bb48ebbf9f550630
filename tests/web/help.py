#!/usr/bin/env python3
"""Find help over loopback: seventeen languages, answers, faults, who is afraid, the pocket card and its code, the address for programs, hostile
forms, and that nothing of it is written down. Prints TAP.

    help.py ENTENTE SOURCE_ROOT"""
import datetime, gzip, html, json, os, re, shutil, subprocess, sys, tempfile, urllib.parse
from serve import ENTENTE, ROOT, SMALL, HEADERS, Server, problem, results, test

FORM = "application/x-www-form-urlencoded"
RTL = ("ar", "fa", "ur")
# Version: codewords of correction in a block, data codewords of each block, centres of alignment. Level M, ISO/IEC 18004 tables 9 and E.1.
QR = {1: (10, [16], []), 2: (16, [28], [6, 18]), 3: (26, [44], [6, 22]), 4: (18, [32] * 2, [6, 26]), 5: (24, [43] * 2, [6, 30]),
      6: (16, [27] * 4, [6, 34])}
MASKS = [lambda r, c: (r + c) % 2, lambda r, c: r % 2, lambda r, c: c % 3, lambda r, c: (r + c) % 3, lambda r, c: (r // 2 + c // 3) % 2,
         lambda r, c: r * c % 2 + r * c % 3, lambda r, c: (r * c % 2 + r * c % 3) % 2, lambda r, c: ((r + c) % 2 + r * c % 3) % 2]


def workspace(base):
    """The small workspace, its post seen lately, with a clause whose title and source name Aland."""
    folder = os.path.join(base, "w")
    shutil.copytree(SMALL, folder)
    for name, old, new in (("posts.csv", "2022-01-01", datetime.date.today().isoformat()),
                           ("channels.csv", "BBB,BBB,police,112,,,,public,s\n", "BBB,BBB,police,112,,,,public,s\nBBB,BBB,ambulance,113,,,,public,s\n"),
                           ("agreements/own.yaml", "consular.welfare", "consular.welfare, consular.travel-document"),
                           ("agreements/own.yaml", "A treaty of the test", "A treaty of Aland and Beland"),
                           ("agreements/own.yaml", '"Own nationals" }\nkind', '"Peace of Aland" }\nkind')):
        path = os.path.join(folder, name)
        text = open(path, encoding="utf-8").read()
        assert old in text, (name, old)
        open(path, "w", encoding="utf-8").write(text.replace(old, new))
    today = datetime.date.today().isoformat()
    with open(os.path.join(folder, "offices.csv"), "w", encoding="utf-8") as file:
        file.write(f"party,place,kind,from,until,basis,as_of,source\nrelief,BBB-town,office,,,sourced,{today},s\nrelief-south,BBB,office,,,sourced,{today},s\n")
    return folder


def send(server, fields, path="/help", **headers):
    body = fields if isinstance(fields, bytes) else urllib.parse.urlencode(fields).encode()
    return server.ask("POST", path, body, {"Content-Type": FORM, **headers})


def po(lang):
    text = open(os.path.join(ROOT, "src", "help", "words", lang + ".po"), encoding="utf-8").read()
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, re.M))


def languages(server):
    tongues = sorted(name[:-3] for name in os.listdir(os.path.join(ROOT, "src", "help", "words")) if name.endswith(".po"))
    first = server.ask("GET", "/help")[2].decode()
    offered = re.findall(r'<a href="/help\?lang=(..)"', first)
    test("the form offers sixteen other languages", "" if sorted(offered) == tongues and len(tongues) == 16 else str(offered))
    needs = len(re.findall(r'name="need"', first))
    for lang in tongues:
        words = po(lang)
        code, headers, text = server.ask("GET", f"/help?lang={lang}")
        page, fault = html.unescape(text.decode()), ""
        if code != 200 or f'<html lang="{lang}" dir="{"rtl" if lang in RTL else "ltr"}">' not in page:
            fault = page[:200]
        for word in ("Find help", "Leave this page now", "No native reader has confirmed this translation yet.", "Show who can help", "My passport is lost",
                     "I am afraid of the authorities of my country or of its embassy", "You can leave this empty."):
            if words[word] not in page:
                fault = f"no '{words[word]}'"
        if len(re.findall(r'name="need"', page)) != needs:
            fault = "needs are missing"
        code, headers, text = send(server, {"place": "BBB", "nationality": "AAA", "need": "passport-lost"}, f"/help?lang={lang}")
        answer = html.unescape(text.decode())
        for word in ("They are allowed to help; they need not.", "How to reach them", "What they cannot do", "Ask again"):
            if code != 200 or words[word] not in answer:
                fault = f"the answer: {code}, no '{words[word]}'"
        heads = re.findall("<h2>(.*?)</h2>", send(server, {"place": "BBB", "nationality": "AAA", "need": "passport-held"}, f"/help?lang={lang}")[2].decode())
        if len(heads) < 4 or len(set(heads)) < len(heads) or ('lang="en"' in "".join(heads)) != (lang not in ("en", "fr", "es", "ar")):
            fault = f"two needs under one head, or English that does not say so: {heads}"
        if re.search(r"<script|\son[a-z]+=|\sstyle=", page + answer) or "set-cookie" in headers or headers["cache-control"] != "no-store":
            fault = "scripts, cookies or a copy"
        test(f"/help in {lang}", fault)
    test("English has no mark", "" if "No native reader" not in first else "it has")
    test("Filipino is Tagalog", "" if 'lang="tl"' in server.ask("GET", "/help", headers={"Accept-Language": "fil"})[2].decode() else "no")
    problem("a language that is none", server.ask("GET", "/help?lang=xx"), 404)
    problem("a place in the address", server.ask("GET", "/help?place=BBB"), 400)
    size = len(first.encode())
    for path in re.findall(r'href="(/assets/[^"]+)"', first):
        headers, text = server.ask("GET", path, headers={"Accept-Encoding": "br, gzip"})[1:]
        plain = server.ask("GET", path, headers={"Accept-Encoding": "gzip;q=0"})
        size += len(text)
        test("the sheet is sent compressed to whoever takes it",
             "" if headers.get("content-encoding") == "gzip" and "content-encoding" not in plain[1] and gzip.decompress(text) == plain[2] else str(headers))
    test(f"the first view has less than 30 kB ({size})", "" if size < 30000 else "it has more")


def answers(server):
    code, headers, text = send(server, {"place": "Beland", "nationality": "Aland", "words": "I lost my pasport. I like cats."})
    page = html.unescape(text.decode())
    for name, want in {"what was understood": "<strong>My passport is lost</strong>", "a slip is told": "We read “pasport” as “passport”.",
                       "what was not": "We did not understand: “I like cats”", "who": "<bdi>Aland</bdi> (<bdi>Town</bdi>)",
                       "how to reach them": '<a href="tel:+9991"><bdi dir="ltr">+999 1</bdi></a>', "when it was tested": "tested on 1 June 2021",
                       "where a number is from": "Source: A register of the test", "a number not tested": "not tested. Source: ", "an example": "An invented example",
                       "what it costs": "They pay, not you.", "what they cannot do": "A consulate cannot let you stay", "as of when": f"on record as of {datetime.date.today().day} ",
                       "emergency numbers": "112", "the way out": 'class="cx-leave" href="https://www.wikipedia.org/"'}.items():
        test(f"the answer tells {name}", "" if code == 200 and want in page else page[:300])
    danger = page[page.index("In danger, call"):page.index("</section>")]
    test("what all numbers say of themselves is said once", "" if danger.count("not tested") == danger.count("Source: ") == 1 and "112" in danger and "113" in danger else danger)
    test("nothing is shown to the public that is for the parties", "" if "desk@example.org" not in page else "it is")
    page = send(server, {"place": "BBB", "nationality": "CCC", "need": "asylum"})[2].decode()
    test("nobody on record is told", "" if "nobody has agreed" in page or "It is not known who helps" in page else page[:300])
    offices = page[page.index("These have an office here"):page.index("</section>")]
    test("who has an office is named before the sources, which stand there once", "" if offices.count("Source: A register of the test") == 1 and
         offices.index("Relief South") < offices.index("Source: ") and offices.count("on record as of") == 2 else offices)
    page = send(server, {"place": "CCC", "need": "food"})[2].decode()
    test("help-no-number: none on record is told, and what to do instead",
         "" if "No emergency number is on record" in page and "Ask somebody you trust to call" in page and "These have an office" not in page else page[:300])
    for lang, want in (("ar", "1 يونيو 2021"), ("zh", "2021年6月1日"), ("fr", "1 juin 2021"), ("fa", "1 ژوئن 2021"), ("ne", "2021 जुन 1")):
        page = html.unescape(send(server, {"place": "BBB", "nationality": "AAA", "need": "passport-lost"}, f"/help?lang={lang}")[2].decode())
        test(f"help-date: in words of {lang}", "" if want in page and "2021-06-01" not in page else re.findall("[^>]*2021[^<]*", page)[:3])
    for name, fields, want in (("no place", {"need": "food"}, 'href="#place"'), ("a place that is none", {"place": "Beeland", "need": "food"}, "Did you mean “Beland”?"),
                               ("the world as a place", {"place": "World", "need": "food"}, 'href="#place"'), ("no need", {"place": "BBB"}, 'href="#words"'),
                               ("words not understood", {"place": "BBB", "words": "zzz"}, "We did not understand: “zzz”. Or choose from this list:"),
                               ("a nationality that is none", {"place": "BBB", "nationality": "AAA; Cealand", "need": "food"}, "Did you mean “Celand”?")):
        code, headers, text = send(server, fields)
        page = text.decode()
        test(f"{name} is told beside the form", "" if code == 422 and want in page and 'name="need"' in page else f"{code} {page[:200]}")
    page = html.unescape(send(server, {"place": "Nowhere", "nationality": "Xyzzy"})[2].decode())
    test("all faults at once", "" if all(x in page for x in ('"#place"', '"#nationality"', '"#words"')) else page[:400])


def switch(server):
    """help-switch: the other languages after an answer, with what was asked and nothing in an address."""
    asked = {"place": "BBB", "nationality": "AAA", "need": ["passport-lost", "food"], "no-contact": "1", "words": "I was not paid"}
    page = html.unescape(send(server, urllib.parse.urlencode(asked, doseq=True).encode(), "/help?lang=en")[2].decode())
    form = re.search(r'<form[^>]*action="/help[^>]*>((?:(?!</form>).)*name="lang".*?)</form>', page, re.S)
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[1]) if form else []
    offered = re.findall(r'<button [^>]*name="lang" value="(..)"', page)
    test("help-switch: all other languages", "" if len(offered) == 16 and "en" not in offered else str(offered))
    want = {("place", "BBB"), ("nationality", "AAA"), ("no-contact", "1"), ("need", "passport-lost"), ("need", "food"), ("need", "wages")}
    test("help-switch: what was asked, the needs of the words too", "" if set(fields) == want else str(fields))
    code, headers, text = send(server, urllib.parse.urlencode([*fields, ("lang", "ar")]).encode(), "/help?lang=en")
    words = po("ar")
    test("help-switch: the same answer in Arabic", "" if code == 200 and '<html lang="ar" dir="rtl">' in text.decode() and
         words["I was not paid"] in html.unescape(text.decode()) and words["Ask again"] in html.unescape(text.decode()) else text[:300])
    page = send(server, {"place": "BBB", "nationality": "AAA", "need": "food", "fears": "1"})[2].decode()
    test("help-switch: who is afraid gets links to the empty form", "" if 'name="lang"' not in page and 'href="/help?lang=ar"' in page else "no")
    problem("help-switch: a language that is none", send(server, {"place": "BBB", "need": "food", "lang": "xx"}), 404)


def afraid(server, folder):
    named = re.compile(rb"(?i)aland|\bAAA\b")
    test("Aland is named to who does not fear it", "" if named.search(send(server, {"place": "BBB", "nationality": "AAA", "need": "food"})[2]) else "no")
    fears = {"place": "BBB", "nationality": "Aland", "words": "the police of Aland look for me. My Aland passport is lost. Aland aland"}
    for name, more in {"the box": {"fears": "1"}, "a need": {"need": "fears-state"}, "a refugee": {"need": "refugee"}, "asylum": {"need": "asylum"},
                       "own words": {"words": "I am afraid of the embassy of Aland and need food"}, "two nationalities": {"fears": "1", "nationality": "Aland, Celand"},
                       "food": {"fears": "1", "need": "food"}, "no nationality": {"fears": "1", "nationality": ""}, "a fault": {"fears": "1", "place": "x"},
                       "a nationality misspelt": {"fears": "1", "nationality": "Alland"}}.items():
        code, headers, text = send(server, {**fears, **more})
        found = named.search(text)
        test(f"help-no-echo: the feared State is not in the answer: {name}", "" if code in (200, 422) and not found else f"{code} {text[max(0, found.start() - 80):][:160]}")
    for lang in ("fr", "ar", "zh"):
        text = send(server, {**fears, "fears": "1", "need": "food"}, f"/help?lang={lang}")[2]
        test(f"nor in {lang}", "" if len(text) > 5000 and not named.search(text) else "it is")
    alone, asked = (html.unescape(send(server, {"place": "CCC", "nationality": "AAA", **f})[2].decode()) for f in ({"fears": "1"}, {"need": "fears-state"}))
    heading = "I am afraid of my embassy or my government: Access to asylum"
    test("help-fear-alone: the box alone asks what the need asks", "" if f"<h2>{heading}</h2>" in alone and f"<h2>{heading}</h2>" in asked else alone[:300])
    page = send(server, {**fears, "fears": "1"})[2].decode()
    test("the police is not among the numbers", "" if "112" not in page else "it is")
    ask = {"place": "BBB", "nationality": ["AAA"], "words": fears["words"], "needs": ["food", "passport-lost"], "fears_own_state": True}
    code, headers, text = server.ask("POST", "/api/v1/help", json.dumps(ask).encode(), {"Content-Type": "application/json"})
    test("nor in the answer to a program", "" if code == 200 and not named.search(text) and b"passport-lost" in text else text[:200])
    told = subprocess.run([ENTENTE, "-w", folder, "find-help", "--place", "BBB", "--nationality", "AAA", "--words", fears["words"], "--fears-own-state"],
                          stdout=subprocess.PIPE).stdout
    test("nor in the command's", "" if not named.search(told) and b"passport" in told else told[:200])


def programs(server, folder):
    def ask(question):
        body = question if isinstance(question, bytes) else json.dumps(question).encode()
        return server.ask("POST", "/api/v1/help", body, {"Content-Type": "application/json"})

    code, headers, text = ask({"place": "Beland", "nationality": "AAA", "words": "My passport is lost", "needs": ["food"], "lang": "fr"})
    told = subprocess.run([ENTENTE, "-w", folder, "find-help", "--place", "BBB", "--nationality", "AAA", "--words", "My passport is lost", "--need", "food",
                           "--lang", "fr", "--format", "json"], stdout=subprocess.PIPE).stdout
    test("POST /api/v1/help is what the command says", "" if code == 200 and text == told and headers["cache-control"] == "no-store" else f"{text[:200]} {told[:200]}")
    for name, question in {"a field that is none": {"place": "BBB", "needs": ["food"], "plase": 1}, "a need that is none": {"place": "BBB", "needs": ["foood"]},
                           "no place": {"needs": ["food"]}, "no need": {"place": "BBB"}, "a language that is none": {"place": "BBB", "needs": ["food"], "lang": "xx"},
                           "a number": {"place": 7}, "a list": [], "no JSON": b"{", "a text for true": {"place": "BBB", "needs": ["food"], "no_contact": "yes"}}.items():
        problem(f"/api/v1/help: {name}", ask(question), 422)
    problem("/api/v1/help takes no form", send(server, {"place": "BBB"}, "/api/v1/help"), 415)


def qr_text(rows):
    """What a QR code of level M says, by ISO/IEC 18004 without correction: the code is as it was drawn."""
    size = len(rows)
    version = (size - 17) // 4
    correction, blocks, centres = QR[version]
    bits = [rows[8][c] for c in (0, 1, 2, 3, 4, 5, 7, 8)]
    form = int("".join(map(str, bits[:5])), 2) ^ 0b10101
    assert form >> 3 == 0, "not level M"
    fixed = {(r, c) for r in range(size) for c in range(size)
             if r == 6 or c == 6 or (r < 9 and (c < 9 or c >= size - 8)) or (r >= size - 8 and c < 9)}
    for r in centres:
        for c in centres:
            if (r, c) not in ((6, 6), (6, centres[-1]), (centres[-1], 6)):
                fixed |= {(r + y, c + x) for y in range(-2, 3) for x in range(-2, 3)}
    stream, up = [], True
    for right in [c for c in range(size - 1, 6, -2)] + [5, 3, 1]:
        for r in range(size - 1, -1, -1) if up else range(size):
            stream += [rows[r][c] ^ (MASKS[form & 7](r, c) == 0) for c in (right, right - 1) if (r, c) not in fixed]
        up = not up
    words = [int("".join(str(int(b)) for b in stream[i:i + 8]), 2) for i in range(0, sum(blocks) * 8, 8)]
    data = [words[i * len(blocks) + b] for b in range(len(blocks)) for i in range(blocks[b])]
    bits = "".join(f"{word:08b}" for word in data)
    assert bits[:4] == "0100", "not bytes"
    return bytes(int(bits[12 + 8 * i:20 + 8 * i], 2) for i in range(int(bits[4:12], 2))).decode()


def qr_rows(page):
    size = int(re.search(r'viewBox="0 0 (\d+)', page)[1])
    rows = [[0] * size for _ in range(size)]
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", page):
        for i in range(int(run)):
            rows[int(y)][int(x) + i] = 1
    assert not any(any(row[:4] + row[-4:]) for row in rows) and not any(map(any, rows[:4] + rows[-4:])), "no quiet zone"
    return [row[4:-4] for row in rows[4:-4]]


def card(server):
    answer = send(server, {"place": "BBB", "nationality": "AAA", "need": "passport-lost"})[2].decode()
    text = html.unescape(re.search(r'name="text" value="([^"]*)"', answer)[1])
    code, headers, page = send(server, {"text": text}, "/help/card")
    page = page.decode()
    test("the card has its lines", "" if code == 200 and all(f"<bdi>{line}</bdi>" in page for line in text.splitlines()) and "A +999 1" in text else page[:300])
    test("its code says the same", "" if qr_text(qr_rows(page)) == text else repr(qr_text(qr_rows(page))))
    test("it looks like nothing", "" if not re.search(r"(?i)help<|entente|Aland|consul", page) and "<title>Tel.</title>" in page else page)
    test("it is kept by nobody", "" if headers["cache-control"] == "no-store" and "set-cookie" not in headers else str(headers))
    for name, lines in {"a number that is not on record": "A +999 2", "words of others": "call me +999 1", "no line": "", "a number for parties only": "A desk@example.org",
                        "a number without a name": "+999 1", "markup": "<b> +999 1"}.items():
        problem(f"help-card-numbers: the card refuses {name}", send(server, {"text": lines}, "/help/card"), 422)
    page = send(server, {"text": "A +999 1\nA +999 2\n"}, "/help/card")[2].decode()
    test("a line that is none is left out", "" if "+999 1" in page and "+999 2" not in page and qr_text(qr_rows(page)) == "A +999 1\n" else page[:300])


def hostile(server):
    page = send(server, {"place": '"><script>alert(1)</script>', "nationality": "<b>'\"&", "words": "</textarea><img src=x onerror=y>"})[2].decode()
    test("markup stays text", "" if not re.search(r"<script|<img|<b>", page) and "&lt;" in page else page[:300])
    for name, body in {"a broken escape": b"place=%zz", "a NUL": b"place=%00", "no UTF-8": b"place=%ff", "too many fields": b"&".join([b"need=food"] * 65)}.items():
        problem(f"the form: {name}", send(server, body), 400)
    problem("the form: too large", send(server, b"words=" + b"x" * 20000), 413)
    problem("the form: JSON", server.ask("POST", "/help", b"{}", {"Content-Type": "application/json"}), 415)
    problem("the form: another site's page", send(server, {"place": "BBB"}, **{"Sec-Fetch-Site": "cross-site"}), 403)
    problem("the form: a person in the address", send(server, {"place": "BBB"}, "/help?nationality=AAA"), 400)
    for name, body in {"nothing": b"", "separators alone": b"&&=&=&", "long words": b"place=BBB&words=" + b"passport+" * 800, "lines": b"place=BBB&words=my%0D%0Apassport+is+lost"}.items():
        code = send(server, body)[0]
        test(f"the form bears {name}", "" if code in (200, 422) else f"{code}")


def nothing_written(server, folder):
    canary = "ZQXCANARY"
    before = sorted((path, os.path.getmtime(os.path.join(path, f)), f) for path, _, files in os.walk(folder) for f in files)
    for path in ("/help", "/help/card"):
        send(server, {"place": canary, "nationality": canary, "words": canary, "text": canary, "fears": "1"}, path, Referer=f"http://x/{canary}", Cookie=f"a={canary}")
    server.ask("GET", f"/help?{canary}=1")
    server.ask("POST", "/api/v1/help", json.dumps({"place": canary, "words": canary}).encode(), {"Content-Type": "application/json"})
    server.wait_for("POST /api/v1/help 422")
    log = server.lines()
    test("nothing that was said is in the log", "" if canary not in log and "BBB" not in log and "passport" not in log and "POST /help 200" in log else log[-500:])
    test("nor in the metrics", "" if canary not in server.ask("GET", "/metrics")[2].decode() else "it is")
    after = sorted((path, os.path.getmtime(os.path.join(path, f)), f) for path, _, files in os.walk(folder) for f in files)
    test("nor in a file", "" if before == after else "the folder changed")
    headers = server.ask("GET", "/help")[1]
    fault = [name for name, value in HEADERS.items() if headers.get(name) != value]
    test("the page has the policy of all pages", fault)


def main():
    with tempfile.TemporaryDirectory() as base:
        folder = workspace(base)
        server = Server(folder)
        languages(server)
        answers(server)
        switch(server)
        afraid(server, folder)
        programs(server, folder)
        card(server)
        hostile(server)
        nothing_written(server, folder)
        test("the server ends well after all this", "" if server.stop() == 0 else server.lines()[-2000:])
    print(f"1..{sum(results)}")
    sys.exit(1 if results[1] else 0)


main()
