#!/usr/bin/env python3
"""Verification over loopback: files as browsers upload them, hashes, proofs of inclusion that are checked without the server, what is hidden, what is
hostile. Prints TAP.

    verify.py ENTENTE SOURCE_ROOT"""
import hashlib, html, json, os, re, shutil, subprocess, sys, tempfile, time
from papers import edit, history, page, run
from serve import ENTENTE, ROOT, SMALL, Server, problem, results, test

sys.path.insert(0, os.path.join(ROOT, "tests", "cli"))
from schema import Schemas

SCHEMAS = Schemas(os.path.join(ROOT, "schema"))
BOUNDARY = "----formBoundary7MA4YWxkTrZu0gW"


def parts(*fields, boundary=BOUNDARY):
    """Fields as (name, value) or (name, value, file name)."""
    out = b""
    for name, value, *file in fields:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"' + "".join(f'; filename="{f}"\r\nContent-Type: application/octet-stream' for f in file)
        out += head.encode() + b"\r\n\r\n" + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"
    return out + f"--{boundary}--\r\n".encode()


def send(server, body, boundary=BOUNDARY, **headers):
    code, headers, text = server.ask("POST", "/verify?lang=en", body, {"Content-Type": f"multipart/form-data; boundary={boundary}", **headers})
    return code, headers, html.unescape(text.decode())


def upload(server, content, name="own.yaml"):
    """As a browser sends the whole form, with the text and the hash left empty."""
    return send(server, parts(("file", content, name), ("document", ""), ("hash", "")))


def ask(server, document):
    code, headers, text = server.ask("POST", "/api/v1/verify", json.dumps(document).encode(), {"Content-Type": "application/json"})
    return json.loads(text) if code == 200 else code


def sha(text):
    return "sha256:" + hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def root_of(proof):
    """RFC 9162, 2.1.3.2, written from its text."""
    value = bytes.fromhex(proof["leaf_hash"][7:])
    at, last = proof["leaf_index"], proof["tree_size"] - 1
    for item in proof["path"]:
        item = bytes.fromhex(item[7:])
        if last == 0:
            return None
        if at & 1 or at == last:
            value = hashlib.sha256(b"\x01" + item + value).digest()
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            value = hashlib.sha256(b"\x01" + value + item).digest()
        at, last = at >> 1, last >> 1
    return "sha256:" + value.hex() if last == 0 else None


def files(server, texts):
    for state, text in ((1, texts[0]), (3, texts[2]), (5, texts[4])):
        code, headers, answer = upload(server, text)
        test(f"a file: the document of state {state}, byte for byte, with its leaf",
             "" if code == 200 and "It is on record" in answer and "Byte for byte" in answer and f"state {state}." in re.sub("<[^>]*>", "", answer)
             and f"Leaf {state - 1} of the journal" in re.sub("<[^>]*>", "", answer) else answer[-3000:])
    code, headers, answer = upload(server, texts[4].replace("\n", "\r\n"))
    test("a file with other line ends says the same, not byte for byte", "" if code == 200 and "It says the same" in answer and "Byte for byte" not in answer else answer[-2500:])
    practice = open(os.path.join(SMALL, "practices", os.listdir(os.path.join(SMALL, "practices"))[0]), "rb").read()
    code, headers, answer = upload(server, practice, "practice.md")
    test("a practice is found by its bytes", "" if code == 200 and "Byte for byte" in answer and 'href="/practices/' in answer else answer[-2500:])
    code, headers, answer = upload(server, practice + b" ", "practice.md")
    test("a practice that was altered is not", "" if code == 422 and "It is not on record, and cannot be read" in answer else f"{code} {answer[-2500:]}")
    for name, body in (("its text beside no file", parts(("file", b"", ""), ("document", texts[4]))), ("the text alone", parts(("document", texts[4]))),
                       ("its hash alone", parts(("hash", sha(texts[4])))), ("its hash without a name", parts(("hash", " " + sha(texts[4])[7:] + " ")))):
        code, headers, answer = send(server, body)
        test(f"by parts: {name}", "" if code == 200 and "It is on record" in answer else f"{code} {answer[-1500:]}")
    for name, body, words in (("nothing", parts(("file", b"", ""), ("document", ""), ("hash", "")), "Choose a file, paste"),
                              ("a file and a text", parts(("file", b"x", "x"), ("document", "y")), "Give one of the three"),
                              ("a hash that is none", parts(("hash", "sha256:12")), "64 digits"), ("a hash in capitals", parts(("hash", sha("x").upper())), "64 digits")):
        code, headers, answer = send(server, body)
        test(f"told at its field: {name}", "" if code == 422 and words in answer and "<title>Error" in answer else f"{code} {answer[-2000:]}")


def differences(server, texts):
    code, headers, answer = upload(server, texts[4].replace("4h", "5h"))
    lines = re.findall(r"<li>([^<]*)</li>", answer)
    test("one that was altered: which agreement, and what differs", "" if code == 200 and "It is not on record" in answer and 'href="/agreements/own?lang=en"' in answer
         and any("was 4h; is 5h" in line for line in lines) else f"{lines} {answer[-2000:]}")
    told = ask(server, {"document": texts[4].replace("4h", "5h")})
    test("the same for programs", "" if told["on_record"] is False and told["near"]["id"] == "own" and told["near"]["same_id"] and told["near"]["differences"] >= 1
         and len(told["near"]["lines"]) >= 1 and not told["versions"] else f"{told}")
    told = ask(server, {"document": texts[4].replace("agreement: own", "agreement: owm")})
    test("an id that is nearly one on record", "" if told["near"] and told["near"]["id"] == "own" and told["near"]["differences"] is None else f"{told}")
    told = ask(server, {"document": texts[4].replace("agreement: own", "agreement: something-else-entirely")})
    test("an id that is near to none", "" if told["near"] is None else f"{told}")


def proofs(server, base, database, texts):
    root = json.loads(run("verify", "-w", database, "--format", "json"))["root"]
    for state, text in ((1, texts[0]), (3, texts[2]), (4, texts[3]), (5, texts[4])):
        code, headers, bytes_ = server.ask("GET", "/api/v1/proofs/" + sha(text))
        proof = json.loads(bytes_)
        fault = SCHEMAS.faults(proof, SCHEMAS.documents["proof.schema.json"], "proof.schema.json")
        test(f"state {state}: its proof keeps to the schema", fault)
        test(f"state {state}: path and leaf give the journal's root", "" if root_of(proof) == root == proof["root"] and proof["leaf_index"] == state - 1
             and proof["tree_size"] == len(texts) else f"{proof}")
        shown = proof["entry"]
        if state == 1:  # the import, with a channel for parties alone
            test("proof-entry: the import is not shown", "" if shown is None else shown)
            continue
        test(f"state {state}: the entry is the leaf and names the bytes", "" if shown and sha(b"\0" + shown.encode()) == proof["leaf_hash"]
             and any(d["hash"] == sha(text) for d in json.loads(shown)["documents"]) else f"{proof}")
        paths = [os.path.join(base, name) for name in ("p.json", "d.yaml")]
        open(paths[0], "wb").write(bytes_)
        open(paths[1], "w", encoding="utf-8").write(text)
        told = json.loads(run("verify", "--proof", *paths, "--root", root, "--format", "json"))
        test(f"proof-offline: state {state} holds", "" if told["holds"] and told["document"] == "bytes" and told["root_asked"] and told["entry_shown"]
             and told["at"] == json.loads(shown)["at"] else f"{told}")
    plain = lambda *more: subprocess.run([ENTENTE, "verify", "--proof", *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    open(paths[1], "w", encoding="utf-8").write("# a comment\n" + texts[4])
    done = plain(*paths)
    test("proof-offline: a comment more is the same document", "" if done.returncode == 0 and "layout or comments differ" in done.stdout and root in done.stdout else done.stdout)
    for name, proof_, text, more, words in (
            ("another document", proof, texts[0], [], "says something else"), ("no document", proof, "a: [", [], "cannot be read"),
            ("another root", proof, texts[4], ["--root", sha("x")], "not the one that was asked for"),
            ("another path", dict(proof, path=proof["path"][:-1] + [sha("x")]), texts[4], [], "do not give the root"),
            ("another place", dict(proof, leaf_index=2), texts[4], [], "do not give the root"),
            ("another entry", dict(proof, entry=proof["entry"].replace("own", "owl")), texts[4], [], "not the leaf"),
            ("another hash", dict(proof, document=dict(proof["document"], canonical=sha("x"))), texts[4], [], "does not name this document")):
        json.dump(proof_, open(paths[0], "w", encoding="utf-8"))
        open(paths[1], "w", encoding="utf-8").write(text)
        done = plain(*paths, *more)
        test(f"proof-offline: {name} is found out", "" if done.returncode == 1 and words in done.stdout else f"{done.returncode} {done.stdout} {done.stderr}")
    told = ask(server, {"hash": json.loads(server.ask("GET", "/api/v1/proofs/" + sha(texts[2]))[2])["document"]["canonical"]})
    states = [(version["state"], version["inclusion"]["proof"]) for version in told["versions"]]
    test("proof-bytes: versions that differ by a comment have proofs of their own",
         "" if states == [(4, "/api/v1/proofs/" + sha(texts[3])[7:]), (3, "/api/v1/proofs/" + sha(texts[2])[7:])] else f"{states}")
    test("for programs: the path of the page is that of the proof", "" if all(version["inclusion"]["path"] == json.loads(server.ask("GET", version["inclusion"]["proof"])[2])["path"]
         for version in told["versions"]) else f"{told}")


def hidden(server, texts):
    code, headers, answer = upload(server, texts[1])
    test("version-hidden: one that was between its parties", "" if code == 200 and "It is not on record" in answer else answer[-2000:])
    test("version-hidden: nor by its hash", "" if not ask(server, {"hash": sha(texts[1])})["on_record"] else "it is")
    one, other = server.ask("GET", "/api/v1/proofs/" + sha(texts[1])), server.ask("GET", "/api/v1/proofs/" + sha("nobody's"))
    test("version-hidden: a hidden hash and an unknown one are answered alike", "" if one[0] == other[0] == 404 and one[2] == other[2] else f"{one}, {other}")


def entries(base):
    """Journals of which an entry may not be shown: it names what is hidden beside what is not."""
    for name, kept, channel in (("nothing that is hidden", False, False), ("an agreement between its parties", True, False), ("a channel for parties alone", False, True)):
        folder, database = os.path.join(base, "e" + str(len(name))), "sqlite:" + os.path.join(base, f"e{len(name)}.db")
        shutil.copytree(SMALL, folder)
        own = open(os.path.join(folder, "agreements", "own.yaml"), encoding="utf-8").read()
        if not channel:
            edit(os.path.join(folder, "channels.csv"), (",parties,s", ",public,s"))
        if kept:
            with open(os.path.join(folder, "agreements", "kept.yaml"), "w", encoding="utf-8") as file:
                file.write(own.replace("agreement: own", "agreement: kept").replace("visibility: public", "visibility: parties"))
        run("init", folder, "-w", database)
        server = Server(database)
        code, headers, text = server.ask("GET", "/api/v1/proofs/" + sha(own))
        proof = json.loads(text)
        hides = kept or channel
        test(f"proof-entry: beside {name} the entry is{' not' * hides} shown", "" if code == 200 and (proof["entry"] is None) == hides and root_of(proof) == proof["root"]
             and b"kept" not in text else text)
        open(os.path.join(base, "p.json"), "wb").write(text)
        told = run("verify", "--proof", os.path.join(base, "p.json"))
        test("proof-entry: and the check says what that leaves open", "" if ("only who has the journal" in told) == hides else told)
        server.stop()


def hostile(server, texts):
    whole = parts(("file", texts[4], "own.yaml"))
    for name, body, boundary in (("no boundary in the head", whole, None), ("another boundary", whole, "other"), ("nothing", b"", BOUNDARY), ("cut in the head of a part", whole[:60], BOUNDARY),
                                 ("cut in a file", whole[:400], BOUNDARY), ("without the last boundary", whole[:-len(BOUNDARY) - 8], BOUNDARY), ("boundaries alone", (b"--" + BOUNDARY.encode() + b"\r\n") * 20000, BOUNDARY),
                                 ("a part without a name", whole.replace(b'name="file"; ', b""), BOUNDARY), ("65 fields", parts(*[("a", "b")] * 65), BOUNDARY),
                                 ("a control character in a text", parts(("document", "a: \x01")), BOUNDARY), ("a NUL in a text", parts(("document", b"a: \0b")), BOUNDARY),
                                 ("a text that is not UTF-8", parts(("document", b"\xff\xfe")), BOUNDARY), ("a name that is not UTF-8", whole.replace(b'name="file"', b'name="\xff"'), BOUNDARY),
                                 ("a head without an end", b"--" + BOUNDARY.encode() + b"\r\nContent-Disposition: " + b"x" * 500000, BOUNDARY),
                                 ("almost boundaries", parts(("file", (b"\r\n--" + BOUNDARY.encode()[:-1]) * 20000, "x")), BOUNDARY),
                                 ("a long boundary", parts(("file", b"x", "x"), boundary="b" * 2000), "b" * 2000), ("dashes", parts(("file", b"\r\n-" * 300000, "x")), BOUNDARY),
                                 ("bytes of all kinds", parts(("file", bytes(range(256)) * 3000, "../../etc/passwd")), BOUNDARY), ("mixed inside mixed", parts(("file", b"x", "x")).replace(
                                  b"application/octet-stream", b"multipart/mixed; boundary=y"), BOUNDARY)):
        started = time.monotonic()
        code, headers, text = server.ask("POST", "/verify?lang=en", body, {"Content-Type": "multipart/form-data" + (f"; boundary={boundary}" if boundary else "")})
        took = time.monotonic() - started
        test(f"hostile parts: {name}", "" if code in (400, 413, 422, 431, 503) and took < 10 and b"passwd" not in text else f"{code} after {took:.1f} s {text[-600:]}")
    problem("hostile parts: too large", server.ask("POST", "/verify", None, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Content-Length": str((1 << 20) + 1)}), 413)
    problem("hostile parts: from another site", server.ask("POST", "/verify", whole, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Sec-Fetch-Site": "cross-site"}), 403)
    problem("parts are not for programs", server.ask("POST", "/api/v1/verify", whole, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}), 415)
    code, headers, text = server.ask("POST", "/help?lang=en", parts(("place", b"BBB\xff", "f"), ("nationality", b"\0", "g")), {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
    test("a file is never taken for a field's text", "" if code in (200, 422) and b"\xff" not in text and b"\0" not in text else f"{code}")
    for name, body in (("no JSON", b"{"), ("a list", b"[]"), ("nothing", b"{}"), ("both", b'{"document":"a","hash":"b"}'), ("a number", b'{"document":1}'), ("an empty text", b'{"document":""}'),
                       ("a hash that is none", b'{"hash":"sha256:xyz"}'), ("no agreement", b'{"document":"a: 1"}'), ("a stranger", b'{"document":"a","x":1}'), ("not UTF-8", b'{"document":"\xff"}')):
        problem(f"for programs: {name}", server.ask("POST", "/api/v1/verify", body, {"Content-Type": "application/json"}), 422)
    for path in ("", "x", "sha256:", sha("x")[:-1], sha("x") + "0", "..%2f..%2fetc", sha("x") + "/"):
        problem(f"no proof: {path[:20]}", server.ask("GET", "/api/v1/proofs/" + path), 404)
    upload(server, "ZQXCANARY: 1", "ZQXNAME.yaml")
    server.ask("GET", "/healthz")
    server.wait_for("GET /healthz 200")  # lines are gathered, in their order
    test("verify-forgets: nothing of a file or its name is in the log", "" if "ZQX" not in server.lines() else "it is")


def main():
    with tempfile.TemporaryDirectory() as base:
        database, folder, texts = history(base)
        server = Server(database)
        files(server, texts)
        differences(server, texts)
        proofs(server, base, database, texts)
        hidden(server, texts)
        hostile(server, texts)
        server.stop()
        entries(base)
        server = Server(folder)
        code, headers, answer = upload(server, texts[4])
        test("a folder: on record, without a proof, and it says why", "" if code == 200 and "It is on record" in answer and "Proof of inclusion" not in answer and "no journal" in answer else answer[-2500:])
        told = ask(server, {"document": texts[4]})
        test("a folder, for programs", "" if told["on_record"] and told["journal"] is None and told["versions"][0]["inclusion"] is None else f"{told}")
        told = ask(server, {"document": texts[4].replace("4h", "5h")})
        test("a folder: what differs", "" if told["near"]["id"] == "own" and told["near"]["differences"] == 1 else f"{told}")
        problem("a folder has no proofs", server.ask("GET", "/api/v1/proofs/" + sha(texts[4])), 404)
        server.stop()
    print(f"1..{sum(results)}")
    return results[1] > 0


if __name__ == "__main__":
    sys.exit(main())
