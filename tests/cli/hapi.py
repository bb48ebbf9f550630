#!/usr/bin/env python3
"""activities, hapi-codes: `3w` against what it must agree with: HAPI's own table (columns, sectors, types of organization), and `who`: whoever
answers some nationality for sure stands in the list, with that band and under that agreement. Prints TAP.

    hapi.py ENTENTE SOURCE_ROOT"""
import csv, io, json, os, subprocess, sys

ENTENTE, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
DATE = "2022-06-01"
OURS = ["place", "party", "band", "services", "agreements"]
PLACES = ["SDN", "LBN", "GRC-crete", "USA-mcallen"]
SERVICES = ["consular.welfare", "consular.travel-document", "relief.shelter", "movement.evacuation", "protection.refugee",
            "protection.family-tracing", "health.emergency", "information.advice"]
# Sectors that OCHA's list has and HAPI's first rows do not show.
MORE = {("SHL", "Emergency Shelter and NFI"), ("LOG", "Logistics"), ("ERY", "Early Recovery"), ("PRO-HLP", "Housing, Land and Property"),
        ("", "")}
TYPES = {"Government", "Embassy", "International Organization", "International NGO", "National NGO", "Private sector", "Donor",
         "United Nations", "Red Cross / Red Crescent"}


def run(*words, text=""):
    return subprocess.run([ENTENTE, "-w", os.path.join(ROOT, "data"), *words], input=text, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE).stdout


def rows(*words):
    return list(csv.DictReader(io.StringIO(run("3w", "--format", "csv", "--date", DATE, *words))))


def columns():
    path = os.path.join(ROOT, "..", "shared", "vectors", "hxl", "3w", "hapi-operational-presence-first-800.csv")
    if not os.path.exists(path):
        yield "columns are HAPI's # skip no vectors here", []
        return
    with open(path, encoding="utf-8") as file:
        theirs = list(csv.DictReader(file))
    ours = rows()
    yield "columns are HAPI's, then ours", [] if list(ours[0]) == list(theirs[0]) + OURS else [str(list(ours[0]))]
    sectors = {(row["sector_code"], row["sector_name"]) for row in theirs} | MORE
    wrong = {(row["sector_code"], row["sector_name"]) for row in ours} - sectors
    yield "sectors are OCHA's", [str(pair) for pair in sorted(wrong)]
    yield "types of organization are OCHA's", sorted({row["org_type_description"] for row in ours} - TYPES)
    keys = [(row["place"], row["party"], row["sector_code"], row["band"]) for row in ours]
    yield "one row a place, party, sector and band", [] if len(keys) == len(set(keys)) else ["a key stands twice"]
    yield "no field of HAPI that is not known is filled", sorted(
        {name for row in ours for name in ("has_hrp", "in_gho", "admin1_code", "dataset_hdx_id") if row[name]})


def tags():
    lines = run("3w", "--place", "SDN", "--format", "csv", "--hxl", "--date", DATE).splitlines()
    header, tagged = next(csv.reader(lines[:1])), next(csv.reader(lines[1:2]))
    yield "every column has a hashtag", [name for name, tag in zip(header, tagged) if not tag.startswith("#")]


def against_who(place, nationalities):
    listed = {}
    for row in rows("--place", place):
        for service in row["services"].split():
            listed.setdefault((row["party"], service, row["band"]), set()).update(row["agreements"].split())
    table = "nationality,place,service\n" + "".join(f"{n},{place},{s}\n" for s in SERVICES for n in nationalities)
    faults, sure = set(), 0
    for line in run("who", "--batch", "-", "--date", DATE, text=table).splitlines():
        found = json.loads(line)
        for answer in found.get("answers", []):
            if answer["certainty"] != "T" or answer["held"]:
                continue
            sure += 1
            key = (answer["party"], found["query"]["service"], answer["band"])
            if answer["agreement"] not in listed.get(key, ()):
                faults.add(f"{key} under {answer['agreement']}")
    yield f"whoever answers in {place} is listed ({sure} answers)", sorted(faults) or ([] if sure else ["no answers"])


def main():
    with open(os.path.join(ROOT, "data", "places.csv"), encoding="utf-8") as file:
        nationalities = [row["place"] for row in csv.DictReader(file) if row["kind"] == "country"][::3]
    results = [*columns(), *tags()]
    for place in PLACES:
        results += against_who(place, nationalities)
    print(f"1..{len(results)}")
    for number, (name, faults) in enumerate(results, 1):
        print("not ok" if faults else "ok", number, "-", name)
        for fault in faults[:10]:
            print("#  ", fault)
    sys.exit(1 if any(faults for _, faults in results) else 0)


main()
