#!/usr/bin/env python3
"""The server's configuration file: printed, packaged, read; what goes before what; every fault told where it stands. Prints TAP.

    config.py ENTENTE SOURCE_ROOT"""
import atexit, os, shutil, socket, subprocess, sys, tempfile, time
from serve import ENTENTE, ROOT, SMALL, free_port, results, test

ROOT, SMALL = os.path.abspath(ROOT), os.path.abspath(SMALL)
PACKAGED = os.path.join(ROOT, "packaging", "entente.conf")
FOLDER = tempfile.mkdtemp()
atexit.register(shutil.rmtree, FOLDER, True)


def run(*words):
    env = {k: v for k, v in os.environ.items() if k != "ENTENTE_WORKSPACE"}
    done = subprocess.run([ENTENTE, "serve", *words], cwd=FOLDER, env=env, capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace")


def write(content, name="c.conf"):
    with open(os.path.join(FOLDER, name), "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())
    return name


def printed():
    code, text, told = run("--print-config")
    keys = [line[1:].lstrip() for line in text.split("\n\n")[0:1][0].splitlines()]
    test("it is printed, and explains itself", "" if code == 0 and not told and keys[0].startswith("Configuration of") else f"{code} {text} {told}")
    wide = [line for line in text.splitlines() if len(line) > 100]
    test("no line is wider than 100 columns", wide)
    options = [line.split()[0][2:] for line in subprocess.run([ENTENTE, "help", "serve"], capture_output=True, text=True).stdout.splitlines() if line.startswith("  --")]
    sections = [block.splitlines() for block in text.split("\n\n")[1:]]
    named = [lines[0][2:].partition(":")[0] for lines in sections]
    test("each option of serve is a key", "" if options == ["config", "print-config", *named] else f"{options} {named}")
    test("each with its meaning, default and a line to change", [lines for lines in sections if len(lines) < 4 or "   Default: " not in lines[-2] or
         lines[-1].lstrip("#").partition(":")[0] != lines[0][2:].partition(":")[0]])
    test("the default of listen is in force", "" if "\nlisten: 127.0.0.1:8080\n" in text and "\n#tls-key: FILE" in text else text)
    write(text)
    test("what is printed is read, and prints itself", "" if run("--config", "c.conf", "--print-config") == (0, text, "") else run("--config", "c.conf", "--print-config"))
    packaged = open(PACKAGED, encoding="utf-8").read()
    again = run("--config", PACKAGED, "--print-config")
    test("the packaged file is exactly what is printed of it", "" if again == (0, packaged, "") else again)
    words = ("-w", "sqlite:/var/lib/entente/entente.db", "--listen", "unix:/run/entente/http", "--print-config")
    test("and of a command line that says the same", "" if run(*words) == (0, packaged, "") else run(*words))
    unit = open(os.path.join(ROOT, "packaging", "entente.service"), encoding="utf-8").read()
    test("the unit starts by it", "" if "ExecStart=/usr/bin/entente serve --config /etc/entente.conf\n" in unit else unit)
    code, text, told = run("--config", PACKAGED, "--print-config", "--listen", "[::1]:81", "-w", "here")
    test("config-order: the command line goes before the file", "" if "\nlisten: [::1]:81\n" in text and "\nworkspace: here\n" in text else text)


# Content, and what is told of it, in order.
FAULTS = (
    ("config-lines: an unknown key, and the nearest", "lisen: 127.0.0.1:1\n", ["c.conf:1:1: unknown key 'lisen'; did you mean 'listen'?"]),
    ("a key like none, and what is allowed", "# a\n\ncolour: red\n", ["c.conf:3:1: unknown key 'colour'; allowed: workspace, listen, tls-cert, tls-key, threads"]),
    ("options of the command line alone are no keys", "config: c.conf\n", ["c.conf:1:1: unknown key 'config'"]),
    ("a key twice", "listen: [::1]:1\n  listen: [::1]:1\n", ["c.conf:2:3: listen: given twice; it stands on line 1 already"]),
    ("a wrong address", "listen:  8080\n", ["c.conf:1:10: listen: '8080': an address is written 127.0.0.1:8080, [::1]:8080 or unix:PATH"]),
    ("a host that is none", "listen: example.org:80\n", ["c.conf:1:9: listen: 'example.org:80': the host is no address"]),
    ("a port too large", "listen: 127.0.0.1:65536\n", ["c.conf:1:9: listen: '127.0.0.1:65536': an address is written"]),
    ("no thread", "threads: 0\n", ["c.conf:1:10: threads: '0': auto or 1 to 64 is asked for"]),
    ("more threads than allowed", "threads: 65\n", ["c.conf:1:10: threads: '65': auto or 1 to 64"]),
    ("threads that are no number", "threads: two\n", ["c.conf:1:10: threads: 'two': auto or 1 to 64"]),
    ("more threads than a number holds", "threads: 99999999999999999999\n", ["c.conf:1:10: threads: '9999"]),
    ("a Unix socket without a path", "listen: unix:\n", ["c.conf:1:9: listen: 'unix:': a path of 1 to 107 bytes"]),
    ("a key without a value", "tls-key:\n", ["c.conf:1:9: tls-key: a value is missing"]),
    ("a line that is none", "listen 127.0.0.1:1\n", ["c.conf:1:1: 'listen 127.0.0.1:1' is neither 'key: value' nor a comment"]),
    ("quotes", "listen: \"127.0.0.1:1\"\n", ["c.conf:1:9: listen: '\"127.0.0.1:1\"': a value stands without quotes"]),
    ("a comment behind a value", "workspace: a # here\n", ["c.conf:1:12: workspace: 'a # here': a comment has a line of its own"]),
    ("a path too long", "tls-key: " + "k" * 4096 + "\n", ["c.conf:1:10: tls-key: 'kkk"]),
    ("bytes that are no text", b"workspace: \xc3\xa9\xff\n", ["c.conf:1:13: a byte or character that is no printable text"]),
    ("characters that nobody sees", "workspace: a\u202eb\nlisten: \0\n", ["c.conf:1:13: a byte", "c.conf:2:9: a byte"]),
    ("all at once, in order", "lissten: 1\nlisten: 1\n\nfoo\ntls-key:\nlisten: 2\n",
     ["c.conf:1:1: unknown", "c.conf:2:9: listen: '1'", "c.conf:4:1: 'foo'", "c.conf:5:9: tls-key", "c.conf:6:1: listen: given twice", "c.conf:6:9: listen: '2'"]),
    ("a certificate without its key, told of its line", f"workspace: {SMALL}\n\ntls-cert: a.pem\n", ["c.conf:3:11: tls-cert: certificate and key are given together"]),
    ("files that are not there, each of its line", "tls-cert: a.pem\ntls-key: b.pem\n", ["c.conf:1:11: tls-cert: 'a.pem': there is no such file", "c.conf:2:10: tls-key: 'b.pem': there"]),
    ("no workspace there", "workspace: nowhere\n", ["c.conf:1:12: workspace: there is no workspace 'nowhere'"]),
    ("a state of a database", "workspace: some.db@3\n", ["c.conf:1:12: workspace: the newest state is served"]),
    ("an address for all without TLS", f"listen: 0.0.0.0:0\nworkspace: {SMALL}\n", ["c.conf:1:9: listen: '0.0.0.0:0': without TLS"]),
)


def faults():
    base = ["-w", f"sqlite:{FOLDER}/some.db"]
    subprocess.run([ENTENTE, "init", *base], check=True, capture_output=True)
    subprocess.run([ENTENTE, "import", SMALL, *base], check=True, capture_output=True)
    for name, content, told in FAULTS:
        write(content)
        code, out, err = run("--config", "c.conf")
        lines = err.splitlines()[:-1]  # the last one says where help is
        good = code == 2 and not out and len(lines) == len(told) and all(line.startswith(words) for line, words in zip(lines, told))
        test(name, "" if good else f"{code} {out!r} {err!r}")
    write("listen: nowhere\n")
    code, out, err = run("--config", "c.conf", "--listen", "127.0.0.1:1", "--print-config")
    test("a fault is told also where the command line goes before it", "" if code == 2 and not out and "c.conf:1:9: listen: 'nowhere'" in err else f"{code} {out} {err}")
    write("#" * 65536)
    test("a file of the greatest size is read", "" if run("--config", "c.conf", "--print-config")[0] == 0 else "refused")
    write("#" * 65537)
    code, out, err = run("--config", "c.conf")
    test("a larger one is not", "" if code == 2 and "at most 65536 bytes" in err else f"{code} {err}")
    for name, words in (("none.conf", "there is no file 'none.conf'"), (".", "'.' is a folder")):
        code, out, err = run("--config", name)
        test(f"instead of a file: {words}", "" if code == 2 and words in err else f"{code} {err}")
    for name, value in (("two lines", "a\nb"), ("quotes", "'a'"), ("nothing", "")):
        code, out, err = run("--tls-cert", value, "--print-config")
        test(f"a value that no file could hold is not printed: {name}", "" if code == 2 and not out and "--tls-cert: " in err else f"{code} {out} {err}")


class Started:
    def __init__(self, *words):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([ENTENTE, "serve", *words], cwd=FOLDER, stderr=self.log)
        atexit.register(self.process.kill)
        end = time.monotonic() + 60
        while "ready: " not in self.lines() and self.process.poll() is None and time.monotonic() < end:
            time.sleep(0.02)

    def lines(self):
        self.log.seek(0)
        return self.log.read()

    def answers(self, where):
        family = socket.AF_UNIX if isinstance(where, str) else socket.AF_INET
        try:
            with socket.socket(family) as line:
                line.settimeout(20)
                line.connect(where)
                line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return line.recv(100).startswith(b"HTTP/1.1 200")
        except ConnectionError:
            return False

    def stop(self):
        self.process.terminate()
        return self.process.wait(60)


def served():
    first, second = free_port(), free_port()
    write(f"# where\r\n  workspace :{SMALL}\r\n\r\nlisten: 127.0.0.1:{first}\r\n")  # as some editors write it
    server = Started("--config", "c.conf")
    test("a server starts by its file alone", "" if server.answers(("127.0.0.1", first)) else server.lines())
    code, _, err = run("--config", "c.conf")
    test("the address that is taken is told of its line", "" if code == 2 and "c.conf:4:9: listen: " in err and "choose another address" in err else f"{code} {err}")
    test("and ends in order", "" if server.stop() == 0 else server.lines())
    server = Started("--config", "c.conf", "--listen", f"127.0.0.1:{second}")
    test("config-order: the address of the command line is served", "" if server.answers(("127.0.0.1", second)) and not server.answers(("127.0.0.1", first)) else server.lines())
    server.stop()
    write(f"workspace: nowhere\nlisten: unix:{FOLDER}/http\n")
    server = Started("-w", SMALL, "--config", "c.conf")
    test("the workspace of the command line, the socket of the file", "" if server.answers(f"{FOLDER}/http") else server.lines())
    server.stop()


printed()
faults()
served()
print(f"1..{sum(results)}")
sys.exit(1 if results[1] else 0)
