#!/usr/bin/env python3
"""Templates and words that must not build: each is refused on the line and for the reason that its row says; those of the last table must build.

    refused.py TMPLC"""
import os, subprocess, sys, tempfile

P = "{params const struct v *v}\n"  # line 1; what is tested stands on line 2
REFUSED = [  # name, template, line, part of the reason
    ("words", P + "<p>Hello</p>", 2, "words outside {t"),
    ("words of another script", P + "<p>سلام</p>", 2, "words outside {t"),
    ("words in title", P + '<p title="Hello">{v->a}</p>', 2, "title holds words"),
    ("words in alt", P + '<img src="{asset "x"}" alt="A map">', 2, "alt holds words"),
    ("words in aria-label", P + '<nav aria-label="Main"></nav>', 2, "aria-label holds words"),
    ("words in placeholder", P + '<input type="text" aria-label="{v->a}" placeholder="Name">', 2, "placeholder holds words"),
    ("style attribute", P + '<p style="color:red">{v->a}</p>', 2, "style"),
    ("onclick", P + '<p onclick="{v->a}">{v->a}</p>', 2, "scripts in place"),
    ("onload", P + '<body onload="x()"></body>', 2, "scripts in place"),
    ("srcdoc", P + '<img src="{asset "x"}" alt="" srcdoc="{v->a}">', 2, "srcdoc"),
    ("srcset", P + '<img src="{asset "x"}" alt="" srcset="{v->a}">', 2, "srcset"),
    ("formaction", P + '<button type="submit" formaction="/x">{t "Go"}</button>', 2, "formaction"),
    ("http-equiv", P + '<meta http-equiv="refresh" content="0">', 2, "headers are sent by the server"),
    ("target", P + '<a href="#x" target="_blank">{t "Go"}</a>', 2, "target"),
    ("autofocus", P + '<input type="text" aria-label="{v->a}" autofocus>', 2, "autofocus"),
    ("ping", P + '<a href="#x" ping="{v->a}">{t "Go"}</a>', 2, "ping"),
    ("unknown attribute", P + '<p colour="{v->a}">{v->a}</p>', 2, "colour"),
    ("unknown element", P + "<blink>{v->a}</blink>", 2, "no element <blink>"),
    ("style element", P + "<style></style>", 2, "no element <style>"),
    ("iframe", P + '<iframe src="{url v->a}"></iframe>', 2, "no element <iframe>"),
    ("object", P + '<object data="{url v->a}"></object>', 2, "no element <object>"),
    ("base", P + '<base href="{url v->a}">', 2, "no element <base>"),
    ("capital letters", P + "<P>{v->a}</P>", 2, "opens no element"),
    ("script in place", P + "<script>{v->a}</script>", 2, "<script> without src"),
    ("hole in a script", P + '<script src="{asset "x"}">{v->a}</script>', 2, "escaped safely in a script"),
    ("comment", P + "<!-- {v->a} -->", 2, "{# … #}"),
    ("no quotes", P + "<p class={v->a}>{v->b}</p>", 2, "no hole in the name"),
    ("no quotes, literal", P + "<p class=x>{v->b}</p>", 2, "double quotes"),
    ("single quotes", P + "<p class='{v->a}'>{v->b}</p>", 2, "double quotes"),
    ("hole as element", P + "<{v->a}>", 2, "opens no element"),
    ("hole as attribute", P + "<p {v->a}>{v->b}</p>", 2, "no hole in the name"),
    ("plain hole in href", P + '<a href="{v->a}">{t "Go"}</a>', 2, "an address takes {url"),
    ("word in href", P + '<a href="{t "x"}">{t "Go"}</a>', 2, "an address takes {url"),
    ("data in an href", P + '<a href="data:text/html,x">{t "Go"}</a>', 2, "write {url"),
    ("part of an href", P + '<a href="/x/{url v->a}">{t "Go"}</a>', 2, "all of the address"),
    ("two in an href", P + '<a href="{url v->a}{url v->b}">{t "Go"}</a>', 2, "all of the address"),
    ("condition in an href", P + '<a href="{if v->a}#x{end}">{t "Go"}</a>', 2, "put the condition around"),
    ("javascript:", P + '<a href="javascript:alert(1)">{t "Go"}</a>', 2, "write {url"),
    ("data:", P + '<img src="data:image/png,x" alt="">', 2, "write {url"),
    ("literal path", P + '<a href="/about">{t "Go"}</a>', 2, "write {url"),
    ("http", P + '<a href="http://example.org/">{t "Go"}</a>', 2, "write {url"),
    ("javascript: in url", P + '<a href="{url "javascript:%1", v->a}">{t "Go"}</a>', 2, "begins with /"),
    ("other host in url", P + '<a href="{url "//%1", v->a}">{t "Go"}</a>', 2, "begins with /"),
    ("hole as scheme", P + '<a href="{url "%1", v->a}">{t "Go"}</a>', 2, "begins with /"),
    ("space in url", P + '<a href="{url "/a b"}">{t "Go"}</a>', 2, "have to encode"),
    ("url in text", P + '<p>{url "/x"}</p>', 2, "href, src or action"),
    ("url in class", P + '<p class="{url "/x"}">{v->a}</p>', 2, "href, src or action"),
    ("raw form", P + '<form method="post" action="{url "/x"}"></form>', 2, "{form"),
    ("form to another host", P + '{form POST "https://example.org/"}{end}', 2, "path of this server"),
    ("form without method", P + '{form "/x"}{end}', 2, "{form POST"),
    ("not closed", P + "<div><p>{v->a}</p>", 2, "<div> is not closed"),
    ("wrong order", P + "<p><b>{v->a}</p></b>", 2, "while <b>"),
    ("closes nothing", P + "</p>", 2, "closes nothing"),
    ("block in paragraph", P + "<p><div>{v->a}</div></p>", 2, "cannot stand in a paragraph"),
    ("link in link", P + '<a href="#a"><a href="#b">{v->a}</a></a>', 2, "<a> inside <a>"),
    ("button in link", P + '<a href="#a"><button type="button">{v->a}</button></a>', 2, "<button> inside <a>"),
    ("element in title", P + "<title><b>{v->a}</b></title>", 2, "holds text only"),
    ("element in option word", P + '<option>{t "<strong>x</strong>"}</option>', 2, "no element can stand here"),
    ("element in value word", P + '<p title="{t "<em>x</em>"}">{v->a}</p>', 2, "no element can stand here"),
    ("text in table", P + "<table>{v->a}<caption>{v->a}</caption></table>", 2, "no text directly"),
    ("table without caption", P + "<table><tbody></tbody></table>", 2, "without <caption>"),
    ("fieldset without legend", P + "<fieldset></fieldset>", 2, "without <legend>"),
    ("img without alt", P + '<img src="{asset "x"}">', 2, "without alt"),
    ("th without scope", P + "<th>{v->a}</th>", 2, "without scope"),
    ("a without href", P + "<a>{v->a}</a>", 2, "without href"),
    ("button without type", P + "<button>{v->a}</button>", 2, "without type"),
    ("html without lang", P + '<html dir="ltr"></html>', 2, "without lang"),
    ("html without dir", P + '<html lang="en"></html>', 2, "without dir"),
    ("field without id", P + '<input type="text">', 2, "without id"),
    ("field without label", P + '<input type="text" id="x">', 2, 'no <label for="x">'),
    ("label of another field", P + '<label for="y">{v->a}</label><select id="x"></select>', 2, 'no <label for="x">'),
    ("label for nothing", P + "<label>{v->a}</label>", 2, "without for"),
    ("two ids", P + '<p id="x">{v->a}</p>\n<p id="x">{v->a}</p>', 3, "also on line 2"),
    ("twice the same attribute", P + '<p class="a" class="b">{v->a}</p>', 2, "stands twice"),
    ("attributes at the end", P + '<p>{v->a}</p class="x">', 2, "no attributes"),
    ("value over lines", P + '<p class="a\nb">{v->a}</p>', 2, "quote missing"),
    ("attribute without value", P + "<p class>{v->a}</p>", 2, "without a value"),
    ("two h1", P + "<h1>{v->a}</h1><h1>{v->b}</h1>", 1, "one <h1>, this has 2"),
    ("page without h1", P + "{wrap layout(v)}<p>{v->a}</p>{end}", 1, "one <h1>, this has 0"),
    ("function", P + "<p>{strlen(v->a)}</p>", 2, "no function strlen()"),
    ("assignment", P + "{if v->a = 1}{end}", 2, "assigns nothing"),
    ("increment", P + "<p>{v->a++}</p>", 2, "changes nothing"),
    ("semicolon", P + "<p>{v->a; x}</p>", 2, "more C than"),
    ("pointer", P + "<p>{*v->a}</p>", 2, "more C than"),
    ("ternary", P + "<p>{v->a ? 1 : 2}</p>", 2, "more C than"),
    ("brackets", P + "<p>{v->a[1}</p>", 2, "brackets do not match"),
    ("text as expression", P + '<p>{"hello"}</p>', 2, "would not be translated"),
    ("nothing", P + "<p>{}</p>", 2, "expression is missing"),
    ("brace open", P + "<p>{v->a</p>", 2, "brace is not closed"),
    ("comment open", P + "{# x", 2, "no #}"),
    ("if open", P + "{if v->a}<p>{v->b}</p>", 2, "no {end}"),
    ("end of nothing", P + "{end}", 2, "ends nothing"),
    ("else of nothing", P + "{else}", 2, "without {if}"),
    ("two else", P + "{if v->a}{else}{else}{end}", 2, "without {if}"),
    ("if opens an element", P + "{if v->a}<p>{end}</p>", 2, "does not end where it began"),
    ("branches differ", P + "<div>{if v->a}<p>{else}<b>{end}</p></div>", 2, "does not end where it began"),
    ("if opens a quote", P + '<p {if v->a}class="{end}x">{v->b}</p>', 2, "does not end where it began"),
    ("for of what", P + "{for i}{end}", 2, "{for i in"),
    ("unknown template", P + "{include nothing()}", 2, "no template of this name"),
    ("include of a wrap", P + "{include layout(v)}", 2, "{wrap …}"),
    ("wrap of an include", P + "{wrap part(v)}{end}", 2, "{include …}"),
    ("include in a value", P + '<p class="{include part(v)}">{v->a}</p>', 2, "in text only"),
    ("content in if", P + "{if v->a}{content}{end}", 2, "outside {if}"),
    ("two contents", P + "{content}\n{content}", 3, "stands once"),
    ("params late", "<p>{v->a}</p>\n{params int v}", 2, "before all else"),
    ("params of C", "{params int v; int w}", 1, "a type and a name"),
    ("use of no header", P + '{use "x.c"}', 2, "{use"),
    ("placeholder without argument", P + '<p>{t "%1 and %2", v->a}</p>', 2, "placeholder has no argument"),
    ("argument without placeholder", P + '<p>{t "one", v->a}</p>', 2, "argument has no placeholder"),
    ("lone per cent", P + '<p>{t "5%x"}</p>', 2, "no placeholder"),
    ("element in words", P + '<p>{t "<a>x</a>"}</p>', 2, "has a '<'"),
    ("space in words", P + '<p>{t " x"}</p>', 2, "begins or ends with a space"),
    ("no words", P + '<p>{t ""}</p>', 2, "no words"),
    ("quote open", P + '<p>{t "x}</p>', 2, "brace is not closed"),
    ("counted without plural", P + '<p>{n v->n, "%1 post"}</p>', 2, "text in quotes is missing"),
    ("entity", P + "<p>&copy;</p>", 2, "no known entity"),
    ("override of direction", P + "<p>{t \"a\u202eb\"}</p>", 0, "do not show"),
    ("more than it takes", P + "{else if}", 2, "without {if}"),
    ("lone brace", P + "<p>}</p>", 2, "closes nothing"),
]
PO = [  # name, LANG.po for a template that says "Text %1", "<em>x</em>" and 1/many posts; part of the reason
    ("missing word", 'msgid "Text %1"\nmsgstr ""\n', "no translation of"),
    ("lost placeholder", 'msgid "Text %1"\nmsgstr "Texte"\n', "lacks a placeholder"),
    ("other placeholder", 'msgid "Text %1"\nmsgstr "Texte %1 %2"\n', "placeholder too many"),
    ("lost tag", 'msgid "<em>x</em>"\nmsgstr "y"\n', "other tags"),
    ("a script", 'msgid "Text %1"\nmsgstr "<script>%1</script>"\n', "has a '<'"),
    ("a link", 'msgid "Text %1"\nmsgstr "<a href=x>%1"\n', "has a '<'"),
    ("override of direction", 'msgid "Text %1"\nmsgstr "a\u202e %1"\n', "does not show"),
    ("no PO", 'msgid "Text %1"\nmsgstr = "Texte %1"\n', "no line of a PO file"),
    ("quote open", 'msgid "Text %1\nmsgstr "Texte %1"\n', "no line of a PO file"),
    ("twice", 'msgid "Text %1"\nmsgstr "Texte %1"\n\nmsgid "Text %1"\nmsgstr "Texte %1"\n', "stands twice"),
]
BUILDS = [
    ("everything", P + '<p class="a{if v->a} b{end}"{if v->b} hidden{end}>{t "Text %1", v->a}</p>{n v->n, "%1 post", "%1 posts"}'),
    ("branches with one h1 each", P + "{if v->a}<h1>{v->a}</h1>{else}<h1>{v->b}</h1>{end}"),
    ("label by hole", P + '<label for="{v->id}">{v->a}</label><input type="text" id="{v->id}">'),
    ("address of a fragment", P + '<a href="#main">{t "Go"}</a> <a href="https://example.org/">{t "Out"}</a>'),
    ("an icon that is none", P + '<link rel="icon" href="data:,">'),
    ("numbers and signs", P + "<p>1 &ndash; 2 &middot; {v->a}</p>"),
    ("field named as a directive", P + "<p>{t->x}</p>"),
]
PART = ("part.html", P + "<p>{v->a}</p>")
LAYOUT = ("layout.html", P + "<main>{content}</main>")

TMPLC = os.path.abspath(sys.argv[1])
count = failed = 0
def tell(ok, name, why=""):
    global count, failed
    count += 1
    failed += not ok
    print(("ok" if ok else "not ok"), count, "-", name)
    if not ok:
        print("# " + why.replace("\n", "\n# "))

def compile_(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files:
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        done = subprocess.run([TMPLC, folder, *[name for name, _ in files]], cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return done.returncode, done.stderr

for name, text, line, reason in REFUSED:
    code, err = compile_([("x.html", text), PART, LAYOUT])
    at = f"x.html:{line}:" if line else "x.html: "
    tell(code == 1 and any(l.startswith(at) and reason in l for l in err.splitlines()), "refused: " + name, f"{at} … {reason}, exit {code}\n{err}")
SAYS = ("x.html", P + '<p>{t "Text %1", v->a} {t "<em>x</em>"}</p>')
for name, text, reason in PO:
    code, err = compile_([SAYS, ("fr.po", text)])
    tell(code == 1 and any(l.startswith("fr.po") and reason in l for l in err.splitlines()), "refused words: " + name, f"{reason}, exit {code}\n{err}")
for name, text in BUILDS:
    code, err = compile_([("x.html", text), PART, LAYOUT])
    tell(code == 0, "builds: " + name, err)
code, err = compile_([SAYS, ("am.part.po", 'msgid "Text %1"\nmsgstr ""\n')])
tell(code == 0, "builds: a language that has not every word", err)
code, err = compile_([("x.html", P + "<p>Hello</p>\n<blink></blink>"), ("y.html", P + "<p>World</p>")])
tell(err.count("words outside") == 2 and "blink" in err, "all faults of all files are told at once", err)
print(f"1..{count}")
sys.exit(failed > 0)
