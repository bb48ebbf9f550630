#!/usr/bin/env python3
"""The real server over loopback: every route by every method, malformed and hostile requests, the same answers as the command line, reload of a
folder and of a database, many idle connections, drain. Prints TAP.

    serve.py ENTENTE SOURCE_ROOT"""
import atexit, csv, gzip, html, http.client, io, json, os, re, resource, shutil, signal, socket, subprocess, sys, tempfile, time
import xml.etree.ElementTree

ENTENTE, ROOT = os.path.abspath(sys.argv[1]), sys.argv[2]
SMALL = os.path.join(ROOT, "tests", "cli", "small")
HEADERS = {"content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; "
           "frame-ancestors 'none'; base-uri 'none'", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
           "cross-origin-opener-policy": "same-origin", "x-frame-options": "DENY"}
QUESTION = {"nationality": ["AAA"], "place": "BBB", "service": "consular.travel-document", "date": "2022-06-01"}
results = [0, 0]


def test(name, fault):
    results[bool(fault)] += 1
    print(f"{'not ok' if fault else 'ok'} {sum(results)} {name}" + (f" # {fault}" if fault else ""), flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, workspace, listen=None, *more):
        self.port = free_port()
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([ENTENTE, "-w", workspace, "serve", "--listen", listen or f"127.0.0.1:{self.port}", *more], stderr=self.log)
        atexit.register(self.process.kill)  # also when the test itself fails
        self.wait_for("ready: ")

    def lines(self):
        self.log.seek(0)
        return self.log.read()

    def wait_for(self, words, seconds=60):
        end = time.monotonic() + seconds
        while words not in self.lines():
            if time.monotonic() > end or self.process.poll() is not None:
                raise SystemExit(f"the server never said '{words}': {self.lines()}")
            time.sleep(0.02)

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, text

    def raw(self, data, seconds=5):
        """The first line of what comes back, '' when the server closes without a word."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as line:
            got = b""
            try:
                line.sendall(data)
                while chunk := line.recv(65536):
                    got += chunk
            except (TimeoutError, ConnectionError):
                pass
            return got.decode("latin-1")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def post(server, question, **headers):
    body = question if isinstance(question, bytes) else json.dumps(question).encode()
    return server.ask("POST", "/api/v1/who", body, {"Content-Type": "application/json", **headers})


def routes(server):
    text = server.ask("GET", "/openapi.yaml")[2].decode()
    found, path = {}, None
    for line in text.splitlines():
        if re.match(r"  /\S*:$", line):
            path = line.strip().rstrip(":")
        elif re.match(r"    (get|post):$", line):
            found.setdefault(path, set()).add(line.strip().rstrip(":").upper())
    return found


def problem(name, answer, status):
    code, headers, text = answer
    fault = "" if code == status else f"{code}, not {status}: {text[:200]}"
    if not fault and headers.get("content-type") != "application/problem+json":
        fault = "no problem document"
    if not fault:
        document = json.loads(text)
        if document["status"] != status or not document["next"] or not document["detail"]:
            fault = f"a problem without status, detail or next step: {document}"
    test(name, fault)


def every_route(server):
    table = routes(server)
    source = open(os.path.join(ROOT, "src", "web", "routes.c"), encoding="utf-8").read()
    rows = {(method, path) for method, path in re.findall(r'ROUTE\("([A-Z]+)",\s*"([^"]+)"', source)}
    told = {(method, path) for path, methods in table.items() for method in methods}
    test("openapi.yaml has every row of the table, and no other", "" if rows == told and rows else f"{rows ^ told}")
    for path, methods in sorted(table.items()):
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"):
            code, headers, text = server.ask(method, path, b"" if method in ("POST", "PUT", "PATCH") else None)
            mine = method in methods or (method == "HEAD" and "GET" in methods)
            fault = ""
            if not mine and code != 405:
                fault = f"{code}, not 405"
            elif not mine and set(headers.get("allow", "").split(", ")) != methods | ({"HEAD"} if "GET" in methods else set()):
                fault = f"Allow: {headers.get('allow')}"
            elif mine and code not in ((415,) if method == "POST" else (422,) if path == "/api/v1/who" else (404,) if "*" in path else (200,)):
                fault = f"{code}: {text[:100]}"
            for name, value in HEADERS.items():
                if headers.get(name) != value:
                    fault = f"{name}: {headers.get(name)}"
            if "cache-control" not in headers or "server" in headers or "set-cookie" in headers:
                fault = f"headers: {headers}"
            test(f"{method} {path}", fault)
        problem(f"{path}: a parameter that it has not", server.ask("GET", path + "?nothing=1"), 400 if "GET" in methods else 405)
        if "GET" in methods:
            problem(f"{path}: a broken escape", server.ask("GET", path + "%zz"), 400)
            problem(f"{path}: a NUL", server.ask("GET", path + "%00"), 400)
            problem(f"{path}: a body that is not wanted", server.ask("GET", path, b"x" * 10), 413)
        if table[path] == {"GET"} and path.startswith("/api/v1/") and path not in ("/api/v1/3w.csv", "/api/v1/proofs/*"):
            problem(f"{path}: a limit that is none", server.ask("GET", path + "?limit=-1"), 422)
            problem(f"{path}: a parameter twice", server.ask("GET", path + "?limit=1&limit=2"), 400)


def who(server, workspace):
    code, headers, text = post(server, QUESTION)
    told = subprocess.run([ENTENTE, "-w", workspace, "who", "--as", "public", "--nationality", "AAA", "--place", "BBB", "--service",
                           "consular.travel-document", "--date", "2022-06-01", "--format", "json"], stdout=subprocess.PIPE).stdout
    test("POST who is what the command says", "" if code == 200 and text == told and headers["cache-control"] == "no-store" else text[:200])
    query = "nationality=AAA&place=BBB&service=consular.travel-document&date=2022-06-01"
    test("GET who is the same", "" if server.ask("GET", "/api/v1/who?" + query)[2] == told else "it differs")
    for field in ("status=refugee", "residence=AAA", "fears=AAA", "screened=1", "best-interests=1", "informed-choice=1", "resident-since=2020-01-01"):
        problem(f"GET who refuses {field.split('=')[0]}", server.ask("GET", f"/api/v1/who?{query}&{field}"), 400)
    problem("another viewer than the public", post(server, {**QUESTION, "as": "AAA"}), 422)
    problem("a field that is none", post(server, {**QUESTION, "nationalty": "AAA"}), 422)
    problem("a nationality that is none", post(server, {**QUESTION, "nationality": ["QQQ"]}), 422)
    problem("a number for a text", post(server, {**QUESTION, "place": 7}), 422)
    problem("no question", post(server, {}), 422)
    problem("a list", post(server, []), 422)
    problem("no JSON", post(server, b"{"), 422)
    problem("no UTF-8", post(server, b'{"place":"\xff"}'), 422)
    problem("a deep document", post(server, b"[" * 5000), 422)
    problem("a body that is too large", post(server, b'{"place":"' + b"x" * 9000 + b'"}'), 413)
    problem("a body of a gigabyte, announced", server.ask("POST", "/api/v1/who", None, {"Content-Type": "application/json", "Content-Length": str(1 << 30)}), 413)
    problem("a form", server.ask("POST", "/api/v1/who", b"place=BBB", {"Content-Type": "application/x-www-form-urlencoded"}), 415)
    problem("another site's page", post(server, QUESTION, **{"Sec-Fetch-Site": "cross-site"}), 403)
    test("the same site's page", "" if post(server, QUESTION, **{"Sec-Fetch-Site": "same-origin"})[0] == 200 else "refused")


def lists(server):
    for noun in ("places", "parties", "posts", "agreements", "practices"):
        whole = json.loads(server.ask("GET", f"/api/v1/{noun}?limit=1000")[2])["items"]
        walked, path = [], f"/api/v1/{noun}?limit=1"
        while path and len(walked) <= len(whole):
            page = json.loads(server.ask("GET", path)[2])
            walked += page["items"]
            path = page["next"]
        test(f"{noun}, page by page, are {noun} at once", "" if walked == whole and whole else f"{len(walked)}, {len(whole)}")
        problem(f"{noun} after an id that is none", server.ask("GET", f"/api/v1/{noun}?after=nobody"), 422)


LINKS_MAX = 300


def pages(server):
    for accept, lang, direction in (("", "en", "ltr"), ("fr-CH, fr;q=0.9, en;q=0.8", "fr", "ltr"), ("ar", "ar", "rtl"), ("xx, es;q=0.1", "es", "ltr"),
                                    (";;;q=\x7f,,", "en", "ltr")):
        code, headers, text = server.ask("GET", "/", headers={"Accept-Language": accept.encode("latin-1")} if accept else None)
        page = text.decode()
        test(f"/ for '{accept!r}' is in {lang}", "" if code == 200 and f'lang="{lang}" dir="{direction}"' in page else page[:200])
    code, headers, text = server.ask("GET", "/?lang=es", headers={"Accept-Language": "fr"})
    test("the language of the address wins", "" if 'lang="es"' in text.decode() else text[:200])
    problem("a language that is none", server.ask("GET", "/?lang=xx"), 404)
    for path in re.findall(r'href="(/assets/[^"]+)"', server.ask("GET", "/")[2].decode()):
        code, headers, text = server.ask("GET", path)
        test(f"{path.split('.')[-1]} beside the page", "" if code == 200 and "immutable" in headers["cache-control"] and text else f"{code}")
        for accept, packed in (("gzip, deflate, br", True), ("br;q=1.0, gzip;q=0.5", True), ("gzip;q=0", False), ("gzip;q=0.000, br", False), ("xgzip", False)):
            code, headers, less = server.ask("GET", path, headers={"Accept-Encoding": accept})
            same = (gzip.decompress(less) if packed else less) == text and headers.get("content-encoding") == ("gzip" if packed else None)
            test(f"{path.split('.')[-1]} for '{accept}'", "" if same and headers["vary"] == "Accept-Encoding" else f"{headers}")
    problem("a file that is none", server.ask("GET", "/assets/../web.h"), 404)


def links(server):
    """Whatever a page leads to is there: followed from the world, at most LINKS_MAX pages."""
    todo, seen = ["/"], {"/"}
    while todo and len(seen) <= LINKS_MAX:
        path = todo.pop(0)
        code, headers, text = server.ask("GET", path)
        page = text.decode("utf-8", "replace")
        test(f"a link to {path}", "" if code == 200 else f"{code}")
        if not headers["content-type"].startswith("text/html"):
            continue
        for link in re.findall(r'(?:href|src|action)="([^"]*)"', page):
            link = html.unescape(link).partition("#")[0]
            if link.startswith("?"):
                link = path.partition("?")[0] + link
            if link.startswith("/") and link not in seen and len(seen) <= LINKS_MAX:
                seen.add(link)
                todo.append(link)


def table(server, path):
    code, headers, text = server.ask("GET", path)
    if code != 200 or headers["content-type"] != "text/csv; charset=utf-8":
        return [{}]
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


def places(server):
    got = [(row["Code"], row["People from abroad"], row["Year"], row["Posts on record as open"]) for row in table(server, "/places.csv")]
    want = [("AAA", "not known", "not known", "not known"), ("BBB", "150", "2020", "1"), ("CCC", "not known", "not known", "not known")]
    test("places.csv: what is not counted is not known", "" if got == want else got)
    page = server.ask("GET", "/places?lang=fr")[2].decode()
    test("each country leads to its page, in the language chosen", "" if 'href="/places/BBB?lang=fr"' in page else page[-2000:])
    got = [(row["Code"], row["Counted as"], row["People"], row["Year"], row["Source"]) for row in table(server, "/places/BBB/people.csv")]
    name = "A register of the test"
    want = [("AAA", "others", "100", "2020", name), ("CCC", "others", "30", "2020", name), ("CCC", "refugees", "20", "2020", name)]
    test("people: most first, nobody twice, each with year and source", "" if got == want else got)
    got = [(row["Kind"], row["Number or address"], row["Tested"]) for row in table(server, "/places/BBB/numbers.csv")]
    want = [("police", "112", "not known"), ("phone", "+999 1", "2021-06-01")]
    test("numbers: emergencies first, and none that only parties may see", "" if got == want else got)
    page = server.ask("GET", "/places/BBB/numbers?lang=ar")[2].decode()
    test("a number is called when it is touched, in its own order", "" if re.search('<a [^>]*href="tel:112"><bdi dir="ltr">112</bdi></a>', page) and
         'href="tel:+9991"' in page else page[-3000:])
    got = [(row["Kind"], row["Where it stands"], row["For this country"], row["Basis"], row["As of"]) for row in table(server, "/places/CCC/posts.csv")]
    test("posts: those accredited from abroad are told as such", "" if got == [("embassy", "Town", "accredited from abroad", "sourced", "2022-01-01")] else got)
    faults = []
    matrix = table(server, "/places/BBB/matrix.csv")
    for row in matrix:
        question = f"/api/v1/who?nationality={row['Code']}&place=BBB&service={row['Service']}"
        told = json.loads(server.ask("GET", question)[2])["answers"]
        first = next((answer for answer in told if not answer["held"]), None)
        want = (first["band"], first["party"], first["agreement"]) if first else (row["Band"] if row["Band"] in ("not known", "nobody") else "?", "-", "-")
        if (row["Band"], row["Lead"], row["Agreement"]) != want:
            faults.append((row, want))
    test("place-matrix: for every nationality and service what `who` answers", "" if len(matrix) > 100 and not faults else faults[:2] or "short")
    keys = ("will", "shall", "may", "remote", "not known", "nobody")
    told = json.loads(server.ask("GET", "/api/v1/gaps?place=BBB")[2])
    want = [[str(gaps["bounded" if "bounded" in gaps else "bands"][key]) for key in ("will", "shall", "may", "remote", "not_known", "none_proven")]
            for gaps in told]
    got = [[row[key] for key in keys] for row in table(server, "/places/BBB/services.csv")]
    test("services: the figures of the interface's gaps", "" if sorted(got) == sorted(want) and got else f"{got[:3]}, {want[:3]}")
    told = {row["id"] for row in json.loads(server.ask("GET", "/api/v1/agreements?limit=1000")[2])["items"]}
    rows = table(server, "/places/BBB/agreements.csv")
    test("place-agreements: agreements and readiness name the same", "" if rows and len(rows) == len(table(server, "/places/BBB/readiness.csv")) <= len(told) else rows)
    got = [[row["Practice"] for row in table(server, f"/places/{code}/practices.csv")] for code in ("AAA", "BBB")]
    test("place-practices: those of the country or of a region around it", "" if got == [[], ["A drill each spring"]] else got)
    for name in ("people", "matrix", "services", "numbers", "posts", "agreements", "readiness", "risk", "practices"):
        code, headers, text = server.ask("GET", f"/places/AAA/{name}.csv")
        width = {len(row) for row in csv.reader(io.StringIO(text.decode(), newline=""))}
        test(f"{name}.csv of a country of which little is known", "" if code == 200 and len(width) == 1 and text.endswith(b"\r\n") else text[:200])
        page = server.ask("GET", "/places/BBB")[2].decode()
        test(f"{name}: on the page, with its CSV", "" if f'id="{name}"' in page and f'href="#{name}"' in page and f"/places/BBB/{name}.csv" in page else "no")
    for path in ("/places/QQQ", "/places/BBB-town/map.svg", "/places/BBB-town/people", "/places/BBB/none.csv", "/places/BBB/none", "/places/BBB/", "/places/BBB/people.csv/", "/places/",
                 "/places/BBB?lang=xx", "/places/BBB?page=1", "/places/BBB/people?page=0", "/places/BBB/people?page=x", "/places/BBB/people.csv?page=1",
                 "/places/BBB/map.svg?page=1", "/world/", "/world/none", "/world/services?page=-1"):
        problem(f"{path} is none", server.ask("GET", path), 404)


def records(server):
    page = server.ask("GET", "/parties/AAA")[2].decode()
    want = ('href="/posts/AAA%40BBB-town"', 'href="/places/AAA"', "/parties/AAA/acts.csv", "+999 1")
    test("a party: its posts, its country, its numbers", "" if all(words in page for words in want) and "desk@example.org" not in page else page[-4000:])
    told = [row for row in csv.DictReader(io.StringIO(server.ask("GET", "/api/v1/3w.csv")[2].decode(), newline="")) if row.get("party") == "AAA"]
    acts = table(server, "/parties/AAA/acts.csv")
    want = {(row["place"], row["band"]) for row in told}
    places = {row["Country"]: row["Code"] for row in table(server, "/places.csv")}
    got = {(places.get(row["Where"]), row["Band"]) for row in acts}
    test("what it is known to do is what 3w.csv says", "" if got == want and got else f"{got}, {want}")
    rows = table(server, "/posts/AAA%40BBB-town/periods.csv")
    test("a post: its periods and what they rest on", "" if len(rows) == 1 and rows[0]["From"] == "2001-01-01" and rows[0]["Until"] == "not known"
         and rows[0]["As of"] == "2022-01-01" and rows[0]["Today"] == "on record" else rows)
    page = server.ask("GET", "/posts/AAA%40BBB-town?lang=ar")[2].decode()
    test("a post leads to its country, in the language chosen", "" if 'dir="rtl"' in page and 'href="/places/BBB?lang=ar"' in page else page[-3000:])
    for path in ("/parties/nobody", "/parties/", "/parties/AAA/none.csv", "/posts/AAA", "/posts/AAA%40BBB-town/acts.csv", "/parties/AAA/none", "/parties/AAA/"):
        problem(f"{path} is none", server.ask("GET", path), 404)


def maps(server):
    lines = {"en": "imply no opinion", "fr": "aucune opinion", "es": "opinión alguna", "ar": "الوضع القانوني"}
    for lang, words in lines.items():
        for path in ("/", "/places/BBB"):
            page = server.ask("GET", f"{path}?lang={lang}")[2].decode()
            picture = re.search(r'<img [^>]*src="([^"]*map\.svg[^"]*)" alt="[^"]+"', page)
            fault = "" if picture and words in page[picture.end():] else "no map, or not the line on borders under it"
            if picture:
                code, headers, text = server.ask("GET", html.unescape(picture[1]))
                xml.etree.ElementTree.fromstring(text)
                whole = code == 200 and headers["content-type"] == "image/svg+xml" and b"class=\"svg-" not in text.replace(b'"svg svg-map"', b"")
                fault = fault or ("" if whole and f'href="/places/BBB?lang={lang}"' in text.decode() else "the map does not lead to the country")
            test(f"map-line, map-file: the map of {path} in {lang}", fault)
    rows = {row["Code"]: row for row in table(server, "/world/countries.csv?service=consular.travel-document")}
    got = rows.get("BBB", {})
    none = int(got.get("not known", -1)) + int(got.get("nobody", -1))
    test("map-share: percent of those for whom nobody is known", "" if got.get("Without help on record, in percent") == str(none * 100 // 150) else got)
    services = {row["Service"]: row for row in table(server, "/world/services.csv")}
    row = services.get("Passport or emergency travel document", {})
    keys = ("will", "shall", "may", "remote", "not known", "nobody")
    sums = [str(sum(int(country[key]) for country in rows.values())) for key in keys]
    test("countries add up to the world", "" if [row.get(key) for key in keys] == sums else f"{row}, {sums}")
    page = server.ask("GET", "/?service=movement.evacuation")[2].decode()
    test("another service for the map", "" if '<option value="movement.evacuation" selected>' in page else "not chosen")
    problem("a service that is none", server.ask("GET", "/?service=nothing"), 422)


def fields(text):
    return list(csv.DictReader(io.StringIO(text.decode())))


def documents(server, workspace):
    """Agreements, practices and gaps as pages; what is not open to everyone is not there."""
    code, headers, text = server.ask("GET", "/agreements/own?lang=en")
    page = text.decode()
    told = subprocess.run([ENTENTE, "-w", workspace, "show", "own", "--lang", "en"], stdout=subprocess.PIPE).stdout.decode().split()
    bare = html.unescape(re.sub(r"<[^>]*>", " ", page)).split()
    test("the page of an agreement has every word of show", "" if code == 200 and set(told) - {"-"} <= set(bare) else f"{code}: {set(told) - set(bare)}")
    test("and the hash of its list", "" if fields(server.ask("GET", "/agreements.csv")[2])[0]["hash"] in page else "no")
    for lang in ("fr", "es", "ar"):
        code, headers, text = server.ask("GET", f"/agreements/own?lang={lang}")
        test(f"an agreement in {lang} shows no character that was refused", "" if code == 200 and "\ufffd" not in text.decode() else f"{code}")
    listed = json.loads(server.ask("GET", "/api/v1/agreements?limit=1000")[2])["items"]
    for path, want in (("/agreements.csv", len(listed)), ("/agreements.csv?kind=funding", 0), ("/agreements.csv?party=AAA", 1), ("/agreements.csv?state=draft", 0),
                       ("/practices.csv?country=BBB", 1), ("/practices.csv?country=AAA", 0), ("/practices.csv?phase=before", 1), ("/practices.csv?phase=after", 0)):
        rows = fields(server.ask("GET", path)[2])
        test(f"{path}: {want}", "" if len(rows) == want else f"{len(rows)}")
        shown = server.ask("GET", path.replace(".csv", "") + ("&" if "?" in path else "?") + "lang=en")[2].decode()
        test(f"{path}: the page has as many", "" if shown.count('<th scope="row"') == want else f"{shown.count('<th scope=')}")
    for path in ("/agreements?kind=x", "/agreements?party=QQQ", "/practices?country=QQQ", "/practices?type=x", "/practices?phase=x", "/gaps?place=QQQ",
                 "/gaps?nationality=QQQ", "/gaps?service=x", "/gaps?below=x"):
        code, headers, text = server.ask("GET", path)
        field = re.search(r"[?](\w+)", path)[1]
        test(f"{path}: a fault at its field", "" if code == 422 and f'href="#{field}"' in text.decode() and f'id="{field}-error"' in text.decode() else f"{code}")
        problem(f"{path}: and of its CSV", server.ask("GET", path.replace("?", ".csv?")), 422)
    for path, up in (("/agreements/nobody", "/agreements"), ("/agreements/nobody/adds", "/agreements"), ("/practices/nobody", "/practices")):
        code, headers, text = server.ask("GET", path)
        test(f"{path}: where to go on", "" if code == 404 and f'href="{up}"' in text.decode() else f"{code}")
    told = subprocess.run([ENTENTE, "-w", workspace, "gaps", "--as", "public", "--service", "consular.travel-document", "--below", "will", "--format", "csv"],
                          stdout=subprocess.PIPE).stdout
    code, headers, text = server.ask("GET", "/gaps.csv?below=will")
    test("gaps as CSV are what the command says", "" if told == text and len(fields(text)) else text[:200])
    code, headers, text = server.ask("GET", "/practices/drill?lang=en")
    test("a practice's Markdown is markup", "" if code == 200 and "<li>Who does not answer is called again.</li>" in text.decode() else text[:200])
    test("and links what makes it executable", "" if 'href="/agreements/own?lang=en"' in text.decode() else "no")
    page = server.ask("GET", "/practices/drill?lang=fr")[2].decode()
    test("page-language: what is on record in English only is shown and marked",
         "" if re.search(r'<h1 [^>]*lang="en"[^>]*>A drill each spring', page) and re.search(r'<div [^>]*lang="en"[^>]*>\s*<p>The post', page) else "no")
    every = routes(server)
    for path in ("/", "/agreements", "/practices", "/gaps"):
        links = set(re.findall(r'href="(/[^"?#]*)', server.ask("GET", path)[2].decode()))
        gone = [link for link in links if not any(re.fullmatch(re.escape(row).replace(r"\*", ".*"), link) for row in every)]
        test(f"{path} links to what exists", "" if not gone else f"{gone}")


def adds(base):
    """With the agreement more people are helped than without: what it adds is the difference of two workspaces."""
    folder = os.path.join(base, "without")
    shutil.copytree(SMALL, folder)
    os.remove(os.path.join(folder, "agreements", "own.yaml"))
    shutil.rmtree(os.path.join(folder, "practices"))
    with_, without = Server(SMALL), Server(folder)
    page = with_.ask("GET", "/agreements/own/adds?lang=en")[2].decode()
    bands = ["none_proven", "not_known", "remote", "may", "shall"]
    for service, label in (("consular.welfare", "Help for nationals in distress"), ("relief.food", "Food")):
        before, after = ({(row["place"], row["nationality"], row["group"]): row for row in
                          fields(server.ask("GET", f"/gaps.csv?below=will&service={service}")[2])} for server in (without, with_))
        lifted = dict.fromkeys(("will", "shall", "may", "remote"), 0)
        for key, row in before.items():
            if max(1, bands.index(after[key]["band"])) > max(1, bands.index(row["band"])):
                lifted[after[key]["band"]] += int(row["people"])
        found = re.search(r"<bdi>" + label + r"</bdi>.*?</tr>", page, re.S)
        shown = [re.sub(r"\D", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", found[0], re.S)] if found else None
        test(f"page-adds: what an agreement adds of {service} is the difference of two workspaces",
             "" if shown == [str(n) for n in lifted.values()] and any(lifted.values()) else f"{shown}, not {lifted}")
    with_.stop()
    without.stop()


def hidden(base):
    """An agreement that is not open to everyone, and Markdown with HTML in it."""
    folder = os.path.join(base, "hidden")
    shutil.copytree(SMALL, folder)
    for name, change in (("agreements/own.yaml", ("visibility: public", "visibility: parties")),
                         ("practices/drill.md", ("- Who does", "# <script>alert(1)</script> [x](javascript:alert(1))\n\n- Who does"))):
        path = os.path.join(folder, name)
        text = open(path, encoding="utf-8").read()
        assert change[0] in text
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(*change))
    with open(os.path.join(folder, "practices", "drill.md"), encoding="utf-8") as file:
        text = file.read()
    with open(os.path.join(folder, "practices", "silent.md"), "w", encoding="utf-8") as file:
        file.write(text.replace("practice: drill", "practice: silent").replace("crisis_phase: [ Crisis Preparedness ]\n", ""))
    server = Server(folder)
    named = [row["practice"] for row in fields(server.ask("GET", "/practices.csv?phase=after")[2])]
    page = server.ask("GET", "/practices?phase=after&lang=en")[2].decode()
    test("page-phase: a practice that does not say its phase is shown under any, and counted",
         "" if named == ["silent"] and "/practices/silent" in page and "1</bdi> of those shown" in page.replace("1 of those", "1</bdi> of those") else f"{named}")
    test("page-hidden: an agreement between its parties is not listed", "" if not fields(server.ask("GET", "/agreements.csv")[2]) else "it is")
    test("page-hidden: nor shown", "" if server.ask("GET", "/agreements/own")[0] == 404 and server.ask("GET", "/agreements/own/adds")[0] == 404 else "it is")
    page = server.ask("GET", "/practices/drill")[2].decode()
    test("page-hidden: nor linked", "" if "/agreements/own" not in page else "it is")
    test("Markdown brings neither HTML nor scripts", "" if "<script" not in page and "javascript:" not in page and page.count("<h1") == 1 else page[:200])
    server.stop()


def hostile(server):
    host = b"Host: x\r\n"
    ok = b"GET /healthz HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n"
    body = json.dumps(QUESTION).encode()
    head = b"POST /api/v1/who HTTP/1.1\r\n" + host + b"Content-Type: application/json\r\n"
    chunked = b"Transfer-Encoding: chunked\r\n"
    length = b"Content-Length: %d\r\n" % len(body)
    cases = {
        "length and coding": head + length + chunked + b"\r\n0\r\n\r\n" + ok,
        "two lengths": head + length + b"Content-Length: 3\r\n\r\n" + body + ok,
        "two lengths, alike": head + length + length + b"\r\n" + body + ok,
        "a length that is no number": head + b"Content-Length: 4x\r\n\r\nabcd" + ok,
        "a negative length": head + b"Content-Length: -1\r\n\r\n" + ok,
        "two hosts": b"GET /healthz HTTP/1.1\r\n" + host + host + b"\r\n" + ok,
        "no host": b"GET /healthz HTTP/1.1\r\n\r\n" + ok,
    }
    for name, data in cases.items():
        got = server.raw(data)
        test(f"smuggling: {name}", "" if set(re.findall(r"HTTP/1.1 (\d+)", got)) <= {"400"} else got[:300])
    for name, target in {"parents": b"/../../etc/passwd", "escaped parents": b"/%2e%2e/%2e%2e/etc/passwd", "a back slash": b"/..%5c..%5cetc",
                         "a double slash": b"//healthz", "overlong UTF-8": b"/%c0%ae%c0%ae/", "a long target": b"/" + b"a" * 4000,
                         "a line feed": b"/healthz%0d%0aX: y", "the whole address": b"http://x/healthz", "a star": b"*"}.items():
        got = server.raw(b"GET " + target + b" HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n")
        test(f"traversal: {name}", "" if re.match(r"HTTP/1.1 (400|404|414|431)", got) or got == "" else got[:200])
    for name, data in {"no HTTP": b"\x16\x03\x01\x00\xa5" + b"\0" * 200, "a line without an end": b"A" * 20000,
                       "a huge head": b"GET /healthz HTTP/1.1\r\n" + b"X: " + b"y" * 100000 + b"\r\n\r\n",
                       "many heads": b"GET /healthz HTTP/1.1\r\n" + host + b"A: b\r\n" * 20000 + b"\r\n"}.items():
        got = server.raw(data, 3)
        test(f"malformed: {name}", "" if "HTTP/1.1 200" not in got else got[:200])
    got = server.raw(head + chunked + b"Connection: close\r\n\r\n%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n")
    test("a body in chunks", "" if got.startswith("HTTP/1.1 200") else got[:200])
    got = server.raw(head + chunked + b"Connection: close\r\n\r\n" + b"2000\r\n" + b"x" * 0x2000 + b"\r\n2000\r\n" + b"x" * 0x2000 + b"\r\n0\r\n\r\n")
    test("a body in chunks that is too large", "" if got.startswith("HTTP/1.1 413") else got[:200])
    got = server.raw(ok.replace(b"Connection: close\r\n", b"") + ok)
    test("two requests on one connection", "" if got.count("HTTP/1.1 200") == 2 else got[:200])
    test("the server lives", "" if server.ask("GET", "/healthz")[0] == 200 else "it does not")


def crowd(server):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    wanted = min(10000, hard - 200)
    idle = []
    try:
        for number in range(wanted):
            line = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            if number % 2:
                line.sendall(b"POST /api/v1/who HTTP/1.1\r\nHost: x\r\nContent-Le")
            idle.append(line)
        started = time.monotonic()
        code = post(server, QUESTION)[0]
        took = time.monotonic() - started
        test(f"{wanted} idle connections, half of them in the middle of a head", "" if code == 200 and took < 2 else f"{code} after {took:.1f} s")
    finally:
        for line in idle:
            line.close()


def nothing_written(server):
    canary = "ZQXCANARY"
    server.ask("GET", f"/{canary}?{canary}=1")
    server.ask("GET", f"/api/v1/who?nationality={canary}")
    post(server, {**QUESTION, "residence": canary, "fears": [canary]}, Referer=f"http://x/{canary}", Cookie=f"a={canary}")
    server.raw(f"{canary} {canary} HTTP/9\r\n\r\n".encode(), 2)
    server.wait_for("POST /api/v1/who 422")
    test("nothing that was asked is in the log", "" if canary not in server.lines() else "it is")
    test("nor in the metrics", "" if canary not in server.ask("GET", "/metrics")[2].decode() else "it is")


def reloads(base):
    folder = os.path.join(base, "again")
    shutil.copytree(SMALL, folder)
    server = Server(folder)
    before = json.loads(server.ask("GET", "/healthz")[2])["state"]
    with open(os.path.join(folder, "places.csv"), "ab") as file:
        file.write(b"faulty\n")
    server.process.send_signal(signal.SIGHUP)
    server.wait_for("not reloaded")
    test("a faulty folder is not taken", "" if json.loads(server.ask("GET", "/healthz")[2])["state"] == before else "it was")
    shutil.copy(os.path.join(SMALL, "places.csv"), folder)
    server.process.send_signal(signal.SIGHUP)
    server.wait_for("reloaded: state")
    test("SIGHUP reads the folder anew", "" if json.loads(server.ask("GET", "/healthz")[2])["state"] > before else "no")
    test("SIGTERM ends it", "" if server.stop() == 0 and "stopped" in server.lines() else server.lines())
    database = "sqlite:" + os.path.join(base, "x.db")
    subprocess.run([ENTENTE, "init", SMALL, "-w", database], check=True, stdout=subprocess.DEVNULL)
    server = Server(database)
    state = json.loads(server.ask("GET", "/healthz")[2])["state"]
    text = open(os.path.join(folder, "practices", "drill.md"), encoding="utf-8").read()
    with open(os.path.join(folder, "practices", "drill.md"), "w", encoding="utf-8") as file:
        file.write(text.rstrip() + "\n\nOnce more.\n")
    subprocess.run([ENTENTE, "import", folder, "-w", database], check=True, stdout=subprocess.DEVNULL)
    server.wait_for(f"reloaded: state {state + 1}")
    test("a database that has grown is read anew", "" if "Once more." in server.ask("GET", "/api/v1/practices")[2].decode() else "it is not")
    test("and its state is told", "" if json.loads(server.ask("GET", "/healthz")[2])["state"] == state + 1 else "no")
    server.stop()


def addresses(base):
    for listen, words in {"0.0.0.0:8080": "listens on this machine alone", "[::]:8080": "listens on this machine alone", "example.org:80": "no address",
                          "8080": "is written", "127.0.0.1:99999": "is written", "unix:": "107 bytes"}.items():
        done = subprocess.run([ENTENTE, "-w", SMALL, "serve", "--listen", listen], stderr=subprocess.PIPE, timeout=60)
        test(f"--listen {listen} is refused", "" if done.returncode == 2 and words in done.stderr.decode() else done.stderr.decode())
    path = os.path.join(base, "http")
    server = Server(SMALL, "unix:" + path)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        test("a Unix socket", "" if line.recv(100).startswith(b"HTTP/1.1 200") else "no answer")
    server.stop()


def main():
    with tempfile.TemporaryDirectory() as base:
        server = Server(SMALL)
        every_route(server)
        who(server, SMALL)
        lists(server)
        pages(server)
        links(server)
        places(server)
        records(server)
        maps(server)
        documents(server, SMALL)
        adds(base)
        hidden(base)
        hostile(server)
        nothing_written(server)
        crowd(server)
        test("the server ends well after all this", "" if server.stop() == 0 else server.lines()[-2000:])
        reloads(base)
        addresses(base)
    print(f"1..{sum(results)}")
    sys.exit(1 if results[1] else 0)


if __name__ == "__main__":
    main()
