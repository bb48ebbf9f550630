#!/usr/bin/env python3
"""The server's edges: TLS and who may listen without, clients that are slow on purpose, and that whoever asks after a change sees it. Prints TAP.

    limits.py ENTENTE SOURCE_ROOT"""
import json, os, shutil, socket, ssl, subprocess, sys, tempfile, threading, time, warnings
from serve import ENTENTE, QUESTION, SMALL, Server, free_port, post, results, test

SILENCE, WHOLE, SLACK = 15, 30, 6  # seconds: limits of docs/server.md, and what a busy machine may add
YEAR = "max-age=31536000"


def pair(base, name):
    cert, key = os.path.join(base, name + ".pem"), os.path.join(base, name + ".key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert], check=True, stderr=subprocess.DEVNULL)
    return cert, key


def secure(base):
    cert, key = pair(base, "a")
    other = pair(base, "b")
    for name, options in (("a key of another pair", ["--tls-cert", cert, "--tls-key", other[1]]), ("a key that is none", ["--tls-cert", cert, "--tls-key", cert])):
        done = subprocess.run([ENTENTE, "-w", SMALL, "serve", "--listen", f"127.0.0.1:{free_port()}", *options], stderr=subprocess.PIPE, timeout=60)
        test(f"{name} is refused", "" if done.returncode in (2, 3) and b"certificate and key" in done.stderr else f"{done.returncode} {done.stderr}")
    done = subprocess.run([ENTENTE, "-w", SMALL, "serve", "--tls-cert", cert], stderr=subprocess.PIPE, timeout=60)
    test("a certificate without its key is refused", "" if done.returncode == 2 and b"given together" in done.stderr else done.stderr)
    port = free_port()
    server = Server(SMALL, f"0.0.0.0:{port}", "--tls-cert", cert, "--tls-key", key)  # with TLS it may listen to all
    trust = ssl.create_default_context(cafile=cert)

    def talk(context, data):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line, context.wrap_socket(line, server_hostname="localhost") as safe:
            safe.sendall(data)
            got = b""
            while chunk := safe.recv(65536):
                got += chunk
            return safe.version(), got.decode()

    ask = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    version, got = talk(trust, ask)
    test("TLS 1.3, its certificate checked", "" if version == "TLSv1.3" and got.startswith("HTTP/1.1 200") else f"{version} {got[:200]}")
    test("and browsers are told to stay with it", "" if f"Strict-Transport-Security: {YEAR}\r\n" in got else got[:800])
    for name, least in (("TLS 1.2 is taken too", ssl.TLSVersion.TLSv1_2),):
        trust.maximum_version = least
        test(name, "" if talk(trust, ask)[0] == "TLSv1.2" else "it is not")
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    warnings.simplefilter("ignore", DeprecationWarning)
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    try:
        got = talk(old, ask)[0]
    except (ssl.SSLError, ConnectionError) as error:
        got = ""
    test("nothing older", "" if not got else got)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(ask)
        try:
            got = line.recv(1000)
        except ConnectionError:
            got = b""
    test("plain HTTP gets no answer there", "" if b"HTTP/1.1 200" not in got else got)
    server.stop()


class Slow(threading.Thread):
    """Sends BEGIN at once and then REST byte by byte, one every second; notes when the server hangs up."""

    def __init__(self, port, begin, rest):
        super().__init__(daemon=True)
        self.port, self.begin, self.rest, self.took, self.got = port, begin, rest, None, b""
        self.start()

    def run(self):
        with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
            started = time.monotonic()
            line.sendall(self.begin)
            sent = 0
            while time.monotonic() - started < 90:
                try:
                    if sent < len(self.rest):
                        line.sendall(self.rest[sent:sent + 1])
                        sent += 1
                    while chunk := line.recv(65536):
                        self.got += chunk
                    break
                except TimeoutError:
                    continue
                except ConnectionError:
                    break
            self.took = time.monotonic() - started


def slow(server):
    host = b"Host: x\r\n"
    head = b"POST /api/v1/who HTTP/1.1\r\n" + host + b"Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n"
    clients = {"a head byte by byte": (WHOLE, Slow(server.port, b"GET / HTTP/1.1\r\n" + host, b"X: " + b"y" * 4000)),
               "a first line byte by byte": (WHOLE, Slow(server.port, b"", b"GET /" + b"y" * 2000)),
               "a body byte by byte": (WHOLE, Slow(server.port, head, b"{" + b" " * 3000)),
               "a body in chunks of a byte": (WHOLE, Slow(server.port, head.replace(b"Content-Length: 4000", b"Transfer-Encoding: chunked"), b"1\r\n \r\n" * 700)),
               "a second head byte by byte": (WHOLE, Slow(server.port, b"GET /healthz HTTP/1.1\r\n" + host + b"\r\n", b"GET / HTTP/1.1\r\n" + host + b"X: " + b"y" * 4000)),
               "silence": (SILENCE, Slow(server.port, b"", b"")),
               "silence in a head": (SILENCE, Slow(server.port, b"GET / HTTP/1.1\r\n" + host, b""))}
    longest, started = 0, time.monotonic()
    while any(client.is_alive() for _, client in clients.values()) and time.monotonic() - started < WHOLE + 2 * SLACK:
        before = time.monotonic()
        code = post(server, QUESTION)[0]
        longest = max(longest, time.monotonic() - before) if code == 200 else 1000
        time.sleep(0.2)
    for name, (limit, client) in clients.items():
        took = client.took or 1000
        test(f"answer-slow: {name}: cut after {limit} seconds", "" if limit - 2 < took < limit + SLACK else f"after {took:.1f} s")
    test("others are served meanwhile", "" if longest < 2 else f"{longest:.1f} s")
    told = server.ask("GET", "/metrics")[2].decode()
    cut = int(next(line for line in told.splitlines() if line.startswith("entente_connections_cut_total ")).split()[1])
    test("and counted", "" if cut >= 5 else told)


def fresh(base):
    """No waiting between the end of the import and the question; a look at the store twenty times a second would miss most."""
    folder = os.path.join(base, "fresh")
    shutil.copytree(SMALL, folder)
    database = "sqlite:" + os.path.join(base, "fresh.db")
    subprocess.run([ENTENTE, "init", folder, "-w", database], check=True, stdout=subprocess.DEVNULL)
    server = Server(database)
    path = os.path.join(folder, "practices", "drill.md")
    text, faults, times = open(path, encoding="utf-8").read().rstrip(), [], []
    for number in range(30):
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"{text}\n\nWord{number}.\n")
        subprocess.run([ENTENTE, "import", folder, "-w", database], check=True, stdout=subprocess.DEVNULL)
        before = time.monotonic()
        code, headers, got = server.ask("GET", "/api/v1/practices")
        times.append(time.monotonic() - before)
        if code != 200 or f"Word{number}." not in got.decode():
            faults.append(number)
    test("answer-fresh: each of 30 changes is seen by the very next request", "" if not faults else f"not {faults}")
    test(f"and nobody waits long for it ({max(times):.3f} s)", "" if max(times) < 2 else "they do")
    state = json.loads(server.ask("GET", "/healthz")[2])["state"]
    subprocess.run([ENTENTE, "import", folder, "-w", database], check=True, stdout=subprocess.DEVNULL)
    test("a change of nothing changes no state", "" if json.loads(server.ask("GET", "/healthz")[2])["state"] == state else "it does")
    test("the server ends well", "" if server.stop() == 0 else server.lines()[-1000:])


def lines(base):
    """Lines are gathered, and none is lost when the server ends."""
    server = Server(SMALL)
    for _ in range(50):
        server.ask("GET", "/healthz")
    server.stop()
    told = server.lines().splitlines()
    test("each request has its line, the last too", "" if sum(line.startswith("GET /healthz 200 ") for line in told) == 50 and told[-1] == "stopped" else told[-3:])


def main():
    with tempfile.TemporaryDirectory() as base:
        server = Server(SMALL)
        secure(base)
        fresh(base)
        lines(base)
        slow(server)
        test("the server ends well after all this", "" if server.stop() == 0 else server.lines()[-2000:])
    print(f"1..{sum(results)}")
    sys.exit(1 if results[1] else 0)


if __name__ == "__main__":
    main()
