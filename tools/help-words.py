#!/usr/bin/env python3
"""Makes C tables of the words of find help: translations (src/help/words/LANG.po, keys from words.h) and phrases
(src/help/phrases/LANG.txt: "need: pattern; pattern"). Refuses what is missing, unknown, or has other placeholders, and
says all of it in one run.

    help-words.py SOURCE_ROOT OUTPUT.c"""
import os, re, sys, unicodedata

LANGS = "en fr es ar am bn hi id ne si sw tl ur fa pt ru zh".split()
IGNORED = set(map(chr, [0xAD, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0xFE00, 0xFE10)]))
SAME = {"\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643"}
SAME |= {c: "\u0647" for c in "\u0629\u06be\u06c1\u06c3\u06d5"}
for first, last, to in ((0x1210, 0x1217, 0x1200), (0x1280, 0x1287, 0x1200), (0x1220, 0x1227, 0x1230),
                        (0x12D0, 0x12D6, 0x12A0), (0x1340, 0x1346, 0x1338)):
    SAME |= {chr(c): chr(to + c - first) for c in range(first, last + 1)}
MARKS = [(0x300, 0x36F), (0x610, 0x61A), (0x640, 0x640), (0x64B, 0x65F), (0x670, 0x670), (0x6D6, 0x6ED),
         (0x93C, 0x93C), (0x9BC, 0x9BC)]
faults = []


def fold(text):
    """As help_fold() does; tests/help compares the two."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    out = []
    for c in unicodedata.normalize("NFD", text):
        c = SAME.get(c, c)
        if c not in IGNORED and not any(a <= ord(c) <= b for a, b in MARKS):
            out.append(c)
    return "".join(out)


def unquote(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


def po(path):
    entries, key, field = {}, "", ""
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.strip()
        m = re.fullmatch(r'(?:(msgid|msgstr) )?"(.*)"', line)
        if m:
            field = m[1] or field
            if m[1] == "msgid":
                key = ""
            if field == "msgid":
                key += unquote(m[2])
            else:
                entries[key] = entries.get(key, "") + unquote(m[2])
        elif line and not line.startswith("#"):
            faults.append(f"{path}:{number}: neither msgid, msgstr nor comment")
    return entries


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def rows(text, name):
    block = re.search(rf"#define {name}\(X\)(.*?)(?:\n\n|\n/\*)", text, re.S)[1]
    return re.findall(r'X\(((?:[^()"]|"[^"]*")*)\)', re.sub(r'" *\\\n\s*"', '', block))


def texts(root, lang, keys):
    if lang == "en":
        return keys
    path = f"{root}/src/help/words/{lang}.po"
    entries = po(path)
    for key in keys:
        if not entries.get(key):
            faults.append(f"{path}: no translation of '{key}'")
        elif sorted(re.findall(r"%\d", key)) != sorted(re.findall(r"%\d", entries[key])):
            faults.append(f"{path}: '{key}' and its translation have different placeholders")
    for key in entries:
        if key and key not in keys:
            faults.append(f"{path}: '{key}' is no word of words.h")
    return [entries.get(key, "") for key in keys]


def patterns(root, lang, codes):
    path = f"{root}/src/help/phrases/{lang}.txt"
    out, seen = [], set()
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        code, _, rest = line.partition(":")
        if code not in codes:
            faults.append(f"{path}:{number}: unknown need '{code}'")
            continue
        seen.add(code)
        for pattern in rest.split(";"):
            parts = [fold(p) for p in pattern.split()]
            if not any(p[0] not in "-!" for p in parts):
                faults.append(f"{path}:{number}: a pattern without a word")
            out.append((codes.index(code), " ".join(parts)))
    for code in codes:
        if code not in seen:
            faults.append(f"{path}: no phrase for '{code}'")
    return out


def main():
    root, output = sys.argv[1:]
    header = open(f"{root}/src/help/words.h", encoding="utf-8").read()
    strings = [re.findall(r'"((?:[^"])*)"', row) for row in rows(header, "HELP_WORDS")]
    needs = [re.findall(r'"((?:[^"])*)"', row) for row in rows(header, "HELP_NEEDS")]
    keys = [s[0] for s in strings] + [n[1] for n in needs]
    codes = [n[0] for n in needs]
    out = ['/* Made by tools/help-words.py from src/help/words and src/help/phrases. */', '#include "help/internal.h"', ""]
    for lang in LANGS:
        words = ",\n\t".join(quote(t) for t in texts(root, lang, keys))
        out.append(f"static const char *const words_{lang}[] = {{\n\t{words}\n}};")
        table = ",\n\t".join("{ %d, %s }" % (need, quote(p)) for need, p in patterns(root, lang, codes))
        out.append(f"static const struct help_phrase phrases_{lang}[] = {{\n\t{table}\n}};")
    out.append("const struct help_tongue help_tongues[] = {")
    for lang in LANGS:
        out.append(f'\t{{ "{lang}", words_{lang}, phrases_{lang}, sizeof phrases_{lang} / sizeof phrases_{lang}[0] }},')
    out += ["};", f"const size_t help_tongue_count = {len(LANGS)};", ""]
    if faults:
        sys.exit("\n".join(faults))
    with open(output, "w", encoding="utf-8") as file:
        file.write("\n".join(out))


main()
