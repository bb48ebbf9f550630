#!/usr/bin/env python3
"""The rule that pages are written by templates: tidy refuses markup in C of src/web/, and formatting into HTML. Prints TAP.

    tidy.py TIDY SOURCE_ROOT"""
import os, subprocess, sys, tempfile

TIDY, ROOT = os.path.abspath(sys.argv[1]), sys.argv[2]
MARKUP, FORMAT = "markup in C", "formatted into HTML"
# Where, what stands in a function there, and what is refused of it; None: nothing.
CASES = (
    ("src/web/page_x.c", 'buf_add_c(out, "<p>");', MARKUP),
    ("src/web/page_x.c", 'buf_add_format(out, "%d</b>", n);', MARKUP),
    ("src/web/page_x.c", 'put(out, "a \\"b\\" <!doctype");', MARKUP),
    ("src/web/page_x.c", 'snprintf(text, 9, "<i %d", n);', MARKUP),
    ("src/web/page_x.c", 'buf_add_format(&html->text, "%d", n);', FORMAT),
    ("src/web/html.c", 'buf_add_format(&html->text, "%d", n);', FORMAT),
    ("src/web/html.c", 'snprintf(html.text.ptr, 9, "%d", n);', FORMAT),
    ("src/web/html.c", 'buf_add_c(out, "<bdi>");', None),
    ("src/web/page_prose.c", 'put(prose, "<li>");', None),
    ("src/web/page_x.c", 'buf_add_c(out, "a < b");', None),
    ("src/web/page_x.c", 'return a <b;', None),
    ("src/web/page_x.c", 'buf_add_format(out, ",%d", n);', None),
    ("src/wire/svg.c", 'buf_add(out, STR("<svg"));', None),
)


def faults(path, line):
    with tempfile.TemporaryDirectory() as root:
        folder = os.path.join(root, os.path.dirname(path))
        os.makedirs(folder)
        with open(os.path.join(root, path), "w", encoding="utf-8") as file:
            file.write("/* Why. */\nvoid f(void)\n{\n\t" + line + "\n}\n")
        with open(os.path.join(folder, "meson.build"), "w", encoding="utf-8") as file:
            file.write(f"files('{os.path.basename(path)}')\n")
        done = subprocess.run([TIDY, root], capture_output=True, text=True)
        return done.returncode, done.stderr


failed = 0
for number, (path, line, refused) in enumerate(CASES, 1):
    code, told = faults(path, line)
    good = (code == 1 and f"{path}:4: {refused}" in told) if refused else code == 0
    failed += not good
    print(f"{'ok' if good else 'not ok'} {number} {path}: {line} is {refused or 'taken'}" + ("" if good else f" # {code} {told}"))
good = subprocess.run([TIDY, ROOT], capture_output=True).returncode == 0
failed += not good
print(f"{'ok' if good else 'not ok'} {len(CASES) + 1} the sources themselves are taken\n1..{len(CASES) + 1}")
sys.exit(1 if failed else 0)
