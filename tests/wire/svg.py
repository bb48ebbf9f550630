#!/usr/bin/env python3
"""shape-of-code, shape-siachen, shape-disputed, map-unknown: maps and charts: well-formed whatever is written, every country once, small, told apart in colour, in grey and by the colour-blind.
Prints TAP.

    svg.py DRAW_SVG SOURCE_ROOT"""
import csv, gzip, os, re, subprocess, sys
import xml.etree.ElementTree as tree

DRAW, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
GOLDEN = os.path.join(ROOT, "tests/wire/bars.svg")
FILLS = ["will", "shall", "may", "remote", "not-known", "none"]
STEPS = ["step-%d" % i for i in range(1, 6)]
# Machado, Oliveira, Fernandes 2009, severity 1: protanopia, deuteranopia, tritanopia; first the eye that sees all.
EYES = [((1, 0, 0), (0, 1, 0), (0, 0, 1)),
        ((.152286, 1.052583, -.204868), (.114503, .786281, .099216), (-.003882, -.048116, 1.051998)),
        ((.367322, .860646, -.227968), (.280085, .672501, .047413), (-.011820, .042940, .968881)),
        ((1.255528, -.076749, -.178779), (-.078411, .930809, .147602), (.004733, .691367, .303900))]
results = []


def ok(good, what):
    results.append(good)
    print("%s %d - %s" % ("ok" if good else "not ok", len(results), what))


def draw(*words):
    return subprocess.run([DRAW, os.path.join(ROOT, "data"), *words], stdout=subprocess.PIPE, check=True).stdout


def linear(colour):
    colour = colour if len(colour) == 6 else "".join(c + c for c in colour)
    parts = [int(colour[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    return [p / 12.92 if p <= .04045 else ((p + .055) / 1.055) ** 2.4 for p in parts]


def contrast(a, b):
    light = sorted(sum(w * p for w, p in zip((.2126, .7152, .0722), linear(c))) for c in (a, b))
    return (light[1] + .05) / (light[0] + .05)


def lab(rgb):
    rows = ((.4124, .3576, .1805), (.2126, .7152, .0722), (.0193, .1192, .9505))
    xyz = [sum(w * p for w, p in zip(row, rgb)) / white for row, white in zip(rows, (.9505, 1, 1.089))]
    f = [max(v, 0) ** (1 / 3) if v > .008856 else 7.787 * v + 16 / 116 for v in xyz]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def apart(a, b, eye):
    seen = [lab([sum(w * p for w, p in zip(row, linear(c))) for row in eye]) for c in (a, b)]
    return sum((p - q) ** 2 for p, q in zip(*seen)) ** .5


def pictures():
    for words in (["world"], ["region", "SDN"], ["region", "FJI"], ["region", "MLT"], ["region", "RUS"], ["bars"], ["stacked"], ["grid"],
                  ["key"], ["bars", "rtl"], ["grid", "rtl"], ["hostile"]):
        text = draw(*words)
        try:
            root = tree.fromstring(text)
        except tree.ParseError as error:
            ok(False, "%s is well-formed: %s" % (" ".join(words), error))
            continue
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        used = re.findall(rb"url\(#([^)]*)\)", text)
        ok(len(ids) == len(set(ids)) and (words == ["hostile"] or {u.decode() for u in used} <= set(ids)) and b"style=" not in text,
           " ".join(words) + " is well-formed, ids once, patterns there, no style")


def world():
    text = draw("world")
    links = re.findall(r'href="/places/([^"?]*)\?lang=en"', text.decode())
    with open(os.path.join(ROOT, "data/places.csv"), encoding="utf-8") as stream:
        countries = {row["place"] for row in csv.DictReader(stream) if row["kind"] == "country"}
    ok(sorted(links) == sorted(countries - {"ATA"}), "every country stands on the map once (%d)" % len(links))
    ok(text.count(b"<title>") == len(links), "each with its title")
    size = len(gzip.compress(text, 9))
    ok(size <= 15 * 1024, "the world takes at most 15 kB gzip (%d bytes)" % size)
    with open(os.path.join(ROOT, "data/shapes.csv"), encoding="utf-8") as stream:
        csv.field_size_limit(1 << 24)
        shapes = list(csv.DictReader(stream))
    land = {(r["scale"], r["place"]): r["shape"] for r in shapes if r["kind"] == "land"}
    south = {place: any(33 <= float(x) <= 36 and 44.4 <= float(y) <= 45.8 for x, y in re.findall(r"([-\d.]+) ([-\d.]+)", land["region", place]))
             for place in ("UKR", "RUS")}
    ok(south == {"UKR": True, "RUS": False} and ("region", "GUF") in land, "land lies with the place whose code it has")
    ok({(r["place"], r["beside"]) for r in shapes if r["kind"] == "disputed"} >= {("MAR", "ESH"), ("SRB", "XKX"), ("UKR", ""), ("IND", "PAK")} and
       text.count(b'stroke-dasharray') == 1, "borders that are not agreed are dashed")
    near = {(r["place"], r["beside"]): r["shape"] for r in shapes if r["kind"] == "disputed" and r["scale"] == "region"}
    glacier = [near.get(pair, "") for pair in (("IND", ""), ("PAK", "IND"), ("CHN", "IND"))]
    ok(all(re.search(r"7[67]\.\d+ 35\.", shape) for shape in glacier) and "77.45 35.48" in land["region", "IND"],
       "shape-siachen: drawn with IND, dashed on its three sides")
    streaks = [d for d in re.findall(r'd="([^"]*)"', text.decode()) for n in re.findall(r"[hl](-?\d+)", d) if abs(int(n)) > 250]
    ok(not streaks, "no outline runs across the map at 180 degrees")


def hostile():
    root = tree.fromstring(draw("hostile"))
    names = {e.tag.split("}")[1] for e in root.iter()}
    ok(names <= {"svg", "title", "desc", "defs", "pattern", "rect", "path", "g", "a", "text"}, "hostile text makes no element")
    hrefs = [e.get("href") for e in root.iter() if e.get("href")]
    ok(len(hrefs) == 1 and hrefs[0].startswith("/x%22%3E%3Cscript%3E"), "only a path of the site is a link")
    texts = "".join(e.text or "" for e in root.iter())
    ok("<script>alert(1)</script>&amp;" in texts and "\u202e" not in texts and "\ufffd" in texts, "it is shown as it is, controls as U+FFFD")


def colours():
    with open(os.path.join(ROOT, "tools/assets/map.scss"), encoding="utf-8") as stream:
        sheet = stream.read()
    colour = {name: re.search(r"\.svg-%s { fill: #([0-9a-f]+)" % name, sheet).group(1) for name in FILLS + STEPS}
    fills = open(os.path.join(ROOT, "src/wire/svg.c"), encoding="utf-8").read()
    alone = dict(re.findall(r'\[FILL_\w+\] = \{ "([a-z0-9-]+)", "#([0-9a-f]+)"', fills))
    every = dict(re.findall(r"^\.svg-([a-z0-9-]+) { fill: #([0-9a-f]+); }", sheet, re.M))
    ok(alone == every and len(alone) == 13, "map-file: a map has the colours of the sheet")
    inked = {u.decode() for u in re.findall(rb'svg-ink-([a-z0-9-]+)"', draw("key"))}
    ok(all(contrast(colour[n], "0b0c0c") >= 3 for n in FILLS + STEPS if n in inked), "ink stands out from its colour by 3 : 1")
    ok(all(contrast(c, "fff") >= 3 or contrast("3d4852", "fff") >= 4.5 for c in colour.values()), "edges stand out from the paper")
    near = min((apart(colour[a], colour[b], eye), a, b) for eye in EYES for names in (FILLS, STEPS)
               for i, a in enumerate(names) for b in names[i + 1:])
    ok(near[0] >= 10, "colours are apart to every eye (least: %.1f, %s and %s)" % near)
    solid = [n for n in FILLS + STEPS if n not in inked]
    ok(sorted(solid) == ["step-1", "step-5", "will"], "in grey, patterns tell fills apart; one solid dark a set")
    patterns = re.findall(rb'<path class="svg-ink[^"]*" d="([^"]*)"', draw("key"))
    ok(len(set(patterns[:5])) == 5, "each band has a pattern of its own")


def golden():
    with open(GOLDEN, "rb") as stream:
        ok(stream.read() == draw("bars"), "bars are as in tests/wire/bars.svg")
    one, other = draw("bars").decode(), draw("bars", "rtl").decode()
    ends = [[int(x) + (int(w) if k else 0) for x, w in re.findall(r'<rect x="(\d+)" y="\d+" width="(\d+)"', text)]
            for k, text in enumerate((one, other))]
    ok(ends[0] == [360 - x for x in ends[1]], "right to left, bars are mirrored")
    ok("not known" in one and 'class="svg-no-data"><rect x="0"' in one, "not known is drawn as such, not as nothing")


def fast():
    line = draw("bench").decode()
    print("# figure " + line.strip())
    ok(line.startswith("BENCH svg-world"), "the world is written")


pictures()
world()
hostile()
colours()
golden()
fast()
print("1..%d" % len(results))
sys.exit(0 if all(results) else 1)
