#!/usr/bin/env python3
"""Every component in four languages with every payload in every hole: the page has the same elements and attributes as with plain words, the payload stands in it
only as text, and what addresses hold stays an address of ours.

    pages.py DEMO"""
import html, html.parser, subprocess, sys
from urllib.parse import unquote

VOID = {"meta", "link", "input", "img", "br", "hr"}
PAYLOADS = ["\"'><script>alert(1)</script>", "' onmouseover='x", "javascript:alert(1)", "data:text/html,<script>", "</title></textarea></option><img src=x onerror=x>", "{v->a} {{x}}",
            "&lt;b&gt; &amp; &", "a\nb\tc", "%1 %2 %n %s", "<!-- -->", "]]>", "<em>x</em>", "../../etc/passwd?x=1#y", "//example.org/", "https://example.org/\"onclick=\"x", "a\u202eb",
            "\u2066a", "\u0007\u001b[31m", b"\xff\xfe\xc0\xaf", b"\xed\xa0\x80", b"a\xf4\x90\x80\x80b", "e\u0301 \U0001f6a8", "x" * 5000, "العربية (x) 1+2", "\ufeff", "\\", "`${x}`"]

class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.shape, self.open, self.faults, self.links, self.text, self.ids, self.labels, self.refs = [], [], [], [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        attrs_ = dict(attrs)
        self.shape.append((tag, tuple(sorted(attrs_))))
        if len(attrs_) != len(attrs):
            self.faults.append(f"an attribute twice in <{tag}>")
        if any(a.startswith("on") or a == "style" for a in attrs_):
            self.faults.append(f"<{tag} {attrs_}>")
        for name in ("href", "src", "action"):
            if name in attrs_:
                self.links.append(attrs_[name])
        if "id" in attrs_:
            self.ids.append(attrs_["id"])
        self.refs += attrs_.get("aria-describedby", "").split() + attrs_.get("aria-labelledby", "").split() + attrs_.get("for", "").split()
        self.text += [value or "" for value in attrs_.values()]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of order")

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        self.faults.append("a comment")

count = failed = 0
def tell(ok, name, why=""):
    global count, failed
    count += 1
    failed += not ok
    print("ok" if ok else "not ok", count, "-", name)
    if not ok:
        print("# " + why[:2000].replace("\n", "\n# "))

def page(*arguments):
    done = subprocess.run([sys.argv[1], *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    reader = Reader()
    reader.feed(done.stdout.decode("utf-8"))
    reader.close()
    return reader, done.stdout

def shown(payload):
    """What a browser must read: bytes that are no text, and characters that do not show, replaced."""
    text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else payload
    return "".join("\ufffd" if c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2028\u2029" or (ord(c) < 32 and c not in "\n\t") else c for c in text)

for language in ("en", "fr", "es", "ar"):
    plain, raw = page(language, "plain")
    words, _ = page(language)
    tell(not plain.faults and not plain.open, f"{language}: elements close in order", str(plain.faults or plain.open))
    tell(len(plain.ids) == len(set(plain.ids)), f"{language}: ids are unique", str(plain.ids))
    tell(not set(plain.refs) - set(plain.ids), f"{language}: what is referred to is there", str(set(plain.refs) - set(plain.ids)))
    html_tag = next(s for s in plain.shape if s[0] == "html")
    tell(html_tag == ("html", ("dir", "lang")) and f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"'.encode() in raw, f"{language}: language and direction")
    ours = [link for link in plain.links if link.startswith("/") and not link.startswith("/assets/") and "at=2026" not in link]
    kept = all(("lang=" + language in link) == (language != "en") for link in ours if "lang=" in link or language != "en")
    tell(kept and ours, f"{language}: links keep the language", str(ours))
    tell((b"app.rtl." in raw) == (language == "ar"), f"{language}: the sheet of its direction")
    bad = []
    for payload in PAYLOADS:
        reader, raw = page(language, payload)
        if reader.shape != plain.shape or reader.faults or reader.open:
            # An address from outside is a link only if it is one.
            if not (isinstance(payload, str) and payload.startswith("https://")):
                bad.append(f"{payload[:40]!r}: other elements or attributes: {reader.faults} {set(reader.shape) ^ set(plain.shape)}")
        for link in reader.links:
            # "data:," is the layout's own empty icon
            if link != "data:," and (not link.startswith(("/", "#", "https://", "tel:")) or link.startswith("//")):
                bad.append(f"{payload[:40]!r}: link to {link!r}")
        if b"<script" in raw or b"onerror=x>" in raw:
            bad.append(f"{payload[:40]!r}: not escaped")
        want = shown(payload)
        if isinstance(payload, str) and not any(want in text for text in reader.text):
            bad.append(f"{payload[:40]!r}: is not shown as {want[:40]!r}")
        if isinstance(payload, bytes) and not any("\ufffd" in text for text in reader.text):
            bad.append(f"{payload[:40]!r}: is not shown as replaced")
    tell(not bad, f"{language}: {len(PAYLOADS)} payloads in every hole", "\n".join(bad))
shape = {language: [s for s in page(language, "plain")[0].shape] for language in ("en", "fr", "ar")}
tell(len({len(s) - (0 if language == "en" else 1) for language, s in shape.items()}) == 1, "languages have the same elements, but for the hidden field of forms by GET",
     str({k: len(v) for k, v in shape.items()}))
print(f"1..{count}")
sys.exit(failed > 0)
