#!/usr/bin/env python3
"""Real outputs against the schemas in schema/, by a small validator of the keywords that they
use; an unknown keyword is an error, so that no rule is silently skipped. Then the same outputs
with one thing broken: each must be refused. Prints TAP.

    schema.py ENTENTE SOURCE_ROOT"""
import copy, json, os, re, shlex, subprocess, sys

QUIET = {"$schema", "$id", "$defs", "title", "description"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int}


class Schemas:
    def __init__(self, folder):
        self.documents = {name: json.load(open(os.path.join(folder, name), encoding="utf-8"))
                          for name in os.listdir(folder) if name.endswith(".schema.json")}

    def find(self, reference, name):
        file, _, pointer = reference.partition("#")
        name = file or name
        schema = self.documents[name]
        for part in pointer.strip("/").split("/") if pointer.strip("/") else []:
            schema = schema[part]
        return schema, name

    def faults(self, value, schema, name, path="$"):
        if schema is True:
            return []
        out = []
        for word, rule in schema.items():
            if word in QUIET:
                continue
            check = getattr(self, "on_" + word.strip("$").lower(), None)
            if check is None:
                raise SystemExit(f"{name}: keyword '{word}' is unknown here")
            out += check(value, rule, schema, name, path)
        return out

    def on_ref(self, value, rule, schema, name, path):
        found, where = self.find(rule, name)
        return self.faults(value, found, where, path)

    def on_type(self, value, rule, schema, name, path):
        rules = rule if isinstance(rule, list) else [rule]
        good = any(isinstance(value, TYPES[r]) and not (r == "integer" and isinstance(value, bool)) for r in rules)
        return [] if good else [f"{path}: not {rule}"]

    def on_const(self, value, rule, schema, name, path):
        return [] if value == rule and type(value) is type(rule) else [f"{path}: not {rule}"]

    def on_enum(self, value, rule, schema, name, path):
        return [] if value in rule else [f"{path}: {value!r} is none of {rule}"]

    def on_pattern(self, value, rule, schema, name, path):
        return [] if not isinstance(value, str) or re.search(rule, value) else [f"{path}: {value!r} is not {rule}"]

    def on_minlength(self, value, rule, schema, name, path):
        return [] if not isinstance(value, str) or len(value) >= rule else [f"{path}: too short"]

    def on_minimum(self, value, rule, schema, name, path):
        return [] if not isinstance(value, int) or value >= rule else [f"{path}: under {rule}"]

    def on_minitems(self, value, rule, schema, name, path):
        return [] if not isinstance(value, list) or len(value) >= rule else [f"{path}: fewer than {rule}"]

    def on_maxitems(self, value, rule, schema, name, path):
        return [] if not isinstance(value, list) or len(value) <= rule else [f"{path}: more than {rule}"]

    def on_uniqueitems(self, value, rule, schema, name, path):
        items = [json.dumps(item) for item in value] if isinstance(value, list) else []
        return [] if len(items) == len(set(items)) else [f"{path}: something stands twice"]

    def on_items(self, value, rule, schema, name, path):
        items = value if isinstance(value, list) else []
        return [fault for i, item in enumerate(items) for fault in self.faults(item, rule, name, f"{path}[{i}]")]

    def on_required(self, value, rule, schema, name, path):
        return [f"{path}: lacks '{key}'" for key in rule if isinstance(value, dict) and key not in value]

    def on_properties(self, value, rule, schema, name, path):
        if not isinstance(value, dict):
            return []
        return [fault for key, sub in rule.items() if key in value
                for fault in self.faults(value[key], sub, name, f"{path}.{key}")]

    def on_additionalproperties(self, value, rule, schema, name, path):
        if rule is not False or not isinstance(value, dict):
            return []
        return [f"{path}: unknown key '{key}'" for key in value if key not in schema.get("properties", {})]

    def on_oneof(self, value, rule, schema, name, path):
        results = [self.faults(value, sub, name, path) for sub in rule]
        if sum(not result for result in results) == 1:
            return []
        return [f"{path}: fits none of {len(rule)} forms"] + min(results, key=len)[:3]


# json-additions: what came later stands after these.
ORDER = {"answer": ["rank", "band", "certainty", "role", "party", "post", "via", "agreement", "commitment", "clause", "strength", "basis",
                    "lead_time_hours", "to", "steps", "cost", "channels", "marks", "held"],
         "who": ["query", "answers", "expected", "withheld"],
         "gaps": ["service", "date", "stock_year", "people", "own_state", "bands", "uncertain", "protected", "beyond_stock", "in_part", "rows"],
         "row": ["place", "nationality", "group", "people", "band"]}


def out_of_order(document):
    """The keys of the contract come first and in its order."""
    def check(value, what):
        keys = list(value)[:len(ORDER[what])]
        return [] if keys == ORDER[what] else [f"{what}: keys are {keys}"]
    if isinstance(document, list):
        return [fault for item in document for fault in out_of_order(item)]
    if "answers" in document:
        return check(document, "who") + [fault for answer in document["answers"] for fault in check(answer, "answer")]
    if "behaviour" in document or "cells" in document:
        return []
    if "rows" in document and "bands" in document:
        return check(document, "gaps") + [fault for row in document["rows"] for fault in check(row, "row")]
    return []


OUTPUTS = [
    ("who", "who --nationality MLT --place SDN --service consular.travel-document --date 2022-06-01"),
    ("who", "who --nationality MLT --place SDN --service consular.travel-document --date 2022-06-01 --why --why-not FRA"),
    ("who", "who --nationality LIE --place GRC-crete --service consular.welfare --date 2022-06-01 --why"),
    ("who", "who --nationality PRI,XXA --place DEU --service movement.evacuation --fears USA --status refugee,unaccompanied-child --residence DEU"
            " --phase after --to FRA --resident-since 2020-01-01 --informed-choice --screened --best-interests --as public --date 2022-06-01"),
    ("who", "who --nationality PHL --place SAU --status no-contact,detained --service consular.notification --date 2022-06-01"),
    ("who", "who --nationality AFG --place TUR --status trafficked --service consular.welfare --date 2022-06-01 --as TUR"),
    ("who", "who --nationality HND --place USA-mcallen --service relief.shelter --date 2027-02-01"),
    ("who", "who --nationality SOM --place YEM --service movement.evacuation --date 2022-06-01 --why"),
    ("batch", "nationality,place,service,date\nMLT,SDN,consular.travel-document,2022-06-01\nMLX,SDN,relief.food,2022-06-01\n"),
    ("gaps", "gaps --service consular.travel-document --date 2022-06-01"),
    ("gaps", "gaps --service consular.welfare,movement.evacuation --place SDN --below all --date 2022-06-01"),
    ("gaps", "gaps --service consular.welfare --by place --date 2022-06-01"),
    ("gaps", "gaps --by nationality --place m49:002 --date 2022-06-01"),
    ("gaps", "gaps --by service --group refugee --date 2022-06-01"),
    ("3w", "3w --place SDN --date 2022-06-01"),
    ("practices", "practices"),
    ("practices", "practices --crisis conflict --phase after"),
    ("practices", "practices tricamex"),
    ("overlaps", "overlaps --date 2022-06-01 --limit 20"),
    ("overlaps", "overlaps --kind leads,single-points --place SDN --service consular.travel-document,relief.shelter --date 2022-06-01"),
    ("diff", "diff san-juan-parish-shelter ROOT/docs/examples/san-juan-parish-shelter.draft.yaml --date 2026-06-01"),
    ("diff", "diff san-juan-parish-shelter eu-consular-protection --text"),
    ("diff", "diff vienna-consular-relations eu-consular-protection --limit 30 --place SDN --date 2022-06-01"),
    ("matrix", "matrix --place SDN --date 2022-06-01"),
    ("matrix", "matrix --rows nationality --cols service --place SDN --group refugee --date 2022-06-01"),
    ("advise", "advise -n 3 --service consular.travel-document,relief.food --place m49:015 --date 2022-06-01"),
    ("unknowns", "unknowns -n 50 --service consular.travel-document,movement.evacuation --place m49:015 --date 2022-06-01"),
    ("find-help", "find-help --place Lebanon --nationality Ethiopian --words 'they keep my pasport. I like cats' --date 2024-06-01"),
    ("find-help", "find-help --place TUR --nationality SYR --fears-own-state --need asylum,doctor,food --lang ar --date 2024-06-01"),
    ("brief", "duty-book SDN --date 2022-06-01"),
    ("brief", "plan-for PHL@LBN-baabda --date 2022-06-01"),
    ("ready", "ready san-juan-parish-shelter tricamex nordic-consular --date 2026-06-01"),
]


def inner_of(top):
    """The first answer, row, or finding of the first list that has one."""
    lists = [top.get(key) for key in ("answers", "rows", "items", "agreements", "practices", "cells", "text") if isinstance(top.get(key), list)] + [value["rows"] for value in top.values() if isinstance(value, dict) and "rows" in value]
    return next((items[0] for items in lists if items), None)


def breakages(document):
    """Copies of DOCUMENT with one thing wrong each."""
    first = document[0] if isinstance(document, list) else document
    inner = inner_of(first)
    for target in ("", "inner"):
        if target and inner is None:
            continue
        for change in ("key", "lack", "type"):
            broken = copy.deepcopy(document)
            top = broken[0] if isinstance(broken, list) else broken
            thing = inner_of(top) if target else top
            name = list(thing)[min(1, len(thing) - 1)]
            if change == "key":
                thing["surprise"] = 1
            elif change == "lack":
                del thing[name]
            else:
                thing[name] = {"not": "this"}
            yield f"{change} {target or 'document'}", broken


def main():
    entente, root = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    schemas, number, failed = Schemas(os.path.join(root, "schema")), 0, 0
    for kind, arguments in OUTPUTS:
        command = shlex.split(arguments.replace("ROOT", root)) + ["--format", "json"] if kind != "batch" else ["who", "--batch", "-"]
        done = subprocess.run([entente, "-w", os.path.join(root, "data"), *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              input=arguments if kind == "batch" else "", text=True)
        name = {"batch": "who"}.get(kind, kind) + ".schema.json"
        lines = done.stdout.splitlines()
        faults = [] if lines else [f"nothing was printed: {done.stderr}"]
        for line in lines:
            document = json.loads(line)
            faults += schemas.faults(document, schemas.documents[name], name) + out_of_order(document)
            if "row" not in document:
                faults += [f"a broken copy passed: {what}" for what, broken in breakages(document)
                           if not schemas.faults(broken, schemas.documents[name], name)]
        number += 1
        failed += bool(faults)
        print("not ok" if faults else "ok", number, "-", arguments.replace("\n", " / ").replace("#", ""))
        for fault in faults[:12]:
            print("#  ", fault)
    print(f"1..{number}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
