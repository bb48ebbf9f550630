#!/usr/bin/env python3
"""The templates of data/agreements: every clause of clauses.txt stands in its template (and its row fails when the clause is
taken away); each is in the house form and has its titles in four languages; and each, its blanks filled with real ids, is
an agreement without faults that answers where its template never does. Prints TAP.

    templates.py ENTENTE SOURCE_ROOT"""
import copy, json, os, re, subprocess, sys, tempfile

ENTENTE, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
FOLDER = os.path.join(ROOT, "data", "agreements")
TEMPLATES = ["state-io-service", "state-io-evacuation", "cross-border-cooperation", "consular-reciprocity", "consular-group", "standby-service",
             "country-council", "micro-grant-line"]
LANGUAGES = {"en", "fr", "es", "ar"}

# What stands in a blank of an id, a date or a number; any other blank is a text.
FILL = {"state": "GHA", "partner": "NGA", "io": "iom", "host": "LBY", "transit": "TUN", "carrier": "ifrc", "employer": "icrc", "company": "icrc",
        "association": "san-juan-parish", "provider": "san-juan-parish", "user": "iom", "funder": "ifrc", "cbo": "san-juan-parish", "local-a": "us-tx",
        "local-b": "us-nm", "place-a": "USA-mcallen", "place-b": "US-NM", "zone": "rio-grande-valley", "place": "USA-mcallen", "places": "LBY",
        "group": "ecowas", "date": "2027-01-01", "end": "2028-12-31", "number": "50", "amount": "100000", "currency": "USD", "fund": "crisis-fund",
        "asset": "radio", "charter": "charter", "bus": "bus", "beds": "beds", "kits": "kits"}
FILL_IN = {"consular-group": {"group": "tricamex"}}
# A question that the filled agreement answers, and the template does not.
ASK = {"state-io-service": "--nationality GHA --place LBY --service protection.family-tracing",
       "state-io-evacuation": "--nationality GHA --place LBY --service movement.evacuation",
       "cross-border-cooperation": "--nationality HND --place USA-mcallen --service relief.shelter",
       "consular-reciprocity": "--nationality GHA --place TUN --service consular.death --phase during",
       "consular-group": "--nationality HND --place USA-mcallen --service protection.family-tracing",
       "standby-service": "--nationality HND --place USA-mcallen --service relief.items",
       "country-council": "--nationality PHL --place LBY --service information.alert",
       "micro-grant-line": "--nationality HND --place USA-mcallen --service relief.cash"}
DATE = "2027-06-01"
BLANK = re.compile("⟨([^⟨⟩]*)⟩")
count = 0


def tell(good, name, why=""):
    global count
    count += 1
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    for line in str(why).splitlines() if not good else []:
        print("# " + line)


def run(*arguments, folder=None):
    words = [ENTENTE, *arguments] + (["-w", folder] if folder else [])
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def path_steps(path):
    for part in path.split("."):
        name, *items = re.split(r"[\[\]]+", part.rstrip("]"))
        yield name
        yield from items


def find(document, path):
    """(the container, the key) of PATH, or None."""
    value, place = document, None
    for step in path_steps(path):
        if isinstance(value, dict):
            key = step if step in value else None
        elif isinstance(value, list):
            ids = [i for i, item in enumerate(value) if isinstance(item, dict) and item.get("id") == step]
            key = ids[0] if ids else int(step) if step.isdigit() and int(step) < len(value) else None
        else:
            key = None
        if key is None:
            return None
        place, value = (value, key), value[key]
    return place


def lacks(document, path, words):
    place = find(document, path)
    if not place:
        return f"nothing at {path}"
    value = place[0][place[1]]
    text = json.dumps(value, ensure_ascii=False).lower()
    missing = [word for word in words if word.lower() not in text]
    if missing:
        return f"{path} does not say: {', '.join(missing)}"
    if path.startswith("articles") and len(BLANK.sub("", value["text"]["en"])) < 40:
        return f"{path} says nothing of its own"
    return None if text not in ('""', "[]", "{}") else f"{path} is empty"


def read_clauses():
    for number, line in enumerate(open(os.path.join(ROOT, "tests", "golden", "clauses.txt"), encoding="utf-8"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        template, clause, path, words = (part.strip() for part in line.split("|"))
        for name in TEMPLATES if template == "all" else [template]:
            assert name in TEMPLATES, f"clauses.txt:{number}: no template '{name}'"
            yield name, clause, path, [word.strip() for word in words.split(";") if word.strip()]


def check_clauses(documents):
    for name, clause, path, words in read_clauses():
        why = lacks(documents[name], path, words)
        if not why:
            broken = copy.deepcopy(documents[name])
            container, key = find(broken, path)
            del container[key]
            why = None if lacks(broken, path, words) else "still there when taken away"
        tell(not why, f"{name}: {clause}", why)


def check_titles(name, document):
    bare = [f"{kind} {item['id']}" for kind in ("commitments", "articles") for item in document[kind] if set(item.get("title", {})) < LANGUAGES]
    bare += [] if set(document["title"]) >= LANGUAGES else ["the agreement"]
    tell(not bare, f"{name}: titles in English, French, Spanish and Arabic", ", ".join(bare))


def check_translations(name, document):
    """A translation leaves the same blanks to fill."""
    odd = [f"{article['id']} ({lang})" for article in document["articles"] for lang, text in article["text"].items()
           if len(BLANK.findall(text)) != len(BLANK.findall(article["text"]["en"]))]
    tell(not odd, f"{name}: translations leave the same blanks", ", ".join(odd))


def fill(name, text):
    """The template as an agreement: blanks filled, `template` gone, a state in its place."""
    values = dict(FILL, **FILL_IN.get(name, {}))
    def value(match):
        return values.get(match.group(1), "as agreed")
    lines = []
    for line in text.splitlines():
        if line.startswith("agreement:"):
            line = re.sub(r"[^a-z0-9-]+", "-", BLANK.sub(value, line.split(":", 1)[1]).lower()).strip("-")
            line = f"agreement: {line}"
        elif line.startswith("template:"):
            line = f"state: [ {{ is: in-force, from: {values['date']} }} ]"
        lines.append(BLANK.sub(value, line))
    # A blank may run over the end of a line in folded text.
    return re.sub("⟨[^⟨⟩]*⟩", "as agreed", "\n".join(lines)) + "\n"


def workspace(base):
    folder = os.path.join(base, "w")
    os.makedirs(os.path.join(folder, "agreements"))
    source = os.path.join(ROOT, "data")
    for entry in os.listdir(source):
        if os.path.isfile(os.path.join(source, entry)) and entry != "assets.csv":
            os.symlink(os.path.join(source, entry), os.path.join(folder, entry))
    for entry in os.listdir(FOLDER):
        os.symlink(os.path.join(FOLDER, entry), os.path.join(folder, "agreements", entry))
    return folder


def check_filled(base):
    folder, agreements = workspace(base), {}
    rows = open(os.path.join(ROOT, "data", "assets.csv"), encoding="utf-8").read()
    for name in TEMPLATES:
        text = fill(name, open(os.path.join(FOLDER, name + ".yaml"), encoding="utf-8").read())
        agreement = re.search(r"^agreement: (\S+)$", text, re.M).group(1)
        agreements[name] = agreement
        with open(os.path.join(folder, "agreements", agreement + ".yaml"), "w", encoding="utf-8") as file:
            file.write(text)
        if "schedules:" in text:
            with open(os.path.join(folder, "agreements", agreement + ".posts.csv"), "w", encoding="utf-8") as file:
                file.write("where,provider,nationality,present\nTUN,NGA,GHA,resident\n")
        for asset in sorted(set(re.findall(r'assets: \[ "([a-z0-9-]+:[a-z0-9-]+)"', text, re.I))):
            if asset + "," not in rows:
                rows += f"{asset},{asset.split(':')[0]},LBY,vehicle,10,vehicles,illustrative\n"
    with open(os.path.join(folder, "assets.csv"), "w", encoding="utf-8") as file:
        file.write(rows)
    for name, agreement in agreements.items():
        done = run("check", os.path.join(folder, "agreements", agreement + ".yaml"), folder=folder)
        tell(done.returncode == 0, f"{name}: filled with real ids it has no fault", done.stdout + done.stderr)
        left = BLANK.search(open(os.path.join(folder, "agreements", agreement + ".yaml"), encoding="utf-8").read())
        tell(not left, f"{name}: no blank is left", left)
    for name, agreement in agreements.items():
        words = ["who", *ASK[name].split(), "--date", DATE, "--format", "json"]
        done, bare = run(*words, folder=folder), run(*words)
        answers = json.loads(done.stdout)["answers"] if done.returncode == 0 else []
        template = [a for a in (json.loads(bare.stdout)["answers"] if bare.returncode == 0 else []) if "⟨" in a["agreement"] or a["agreement"] == agreement]
        tell(any(a["agreement"] == agreement for a in answers) and not template, f"{name}: filled it answers, the template never",
             ASK[name] + "\n" + done.stderr + str([a["agreement"] for a in answers]))


# The practices that the guideline and the field's facts name.
PRACTICES = {"mcof", "ifrc-rights-of-migrants", "iaecae", "travel-aware", "cald-conference", "stuffed-goose", "tricamex", "osac", "japan-2011",
             "eu-directive-2015-637", "us-state-defense", "philippines-alert-levels", "philippines-contingency-plans", "philippines-libya-team",
             "guidelines-in-action-7", "consular-contingency-template", "nywf-sandy", "praesidium", "libya-2011-evacuation"}


def check_practices():
    done = run("practices", "--format", "json")
    practices = {p["practice"]: p for p in json.loads(done.stdout or '{"practices":[]}')["practices"]}
    missing = sorted(PRACTICES - set(practices))
    tell(not missing, "the practices that the field names are there", ", ".join(missing) + done.stderr)
    for name, practice in sorted(practices.items()):
        why = [] if practice["implemented_by"] else ["nothing implements it"]
        why += [] if "What it gives an agreement:" in practice["description"] or "last resort" in practice["description"] else ["it does not say what it gives an agreement"]
        if {source["basis"] for source in practice["sources"]} <= {"general-knowledge", "illustrative"} and not practice["uncertain"]:
            why.append("it rests on nothing seen, and does not say so")
        tell(not why, f"{name}: says what it gives, on what it rests and what implements it", "; ".join(why))
    linked = {link for practice in practices.values() for link in practice["implemented_by"]}
    idle = sorted(set(TEMPLATES) - linked)
    tell(not idle, "every template carries a practice", ", ".join(idle))


def main():
    documents = {}
    for name in TEMPLATES:
        path = os.path.join(FOLDER, name + ".yaml")
        done = run("fmt", "--json", path)
        documents[name] = json.loads(done.stdout)
        tell(documents[name].get("template") is True, f"{name}: is a template")
        tell(run("fmt", "--check", path).returncode == 0, f"{name}: is in the house form")
        tell(all(run("show", path, "--lang", lang).returncode == 0 for lang in LANGUAGES), f"{name}: can be shown")
        check_titles(name, documents[name])
        check_translations(name, documents[name])
    check_clauses(documents)
    check_practices()
    with tempfile.TemporaryDirectory(prefix="entente-templates-") as base:
        check_filled(base)
    print(f"1..{count}")


main()
