#!/usr/bin/env python3
"""What is promised is what is gained: the drafts of `advise` on the real world are put in force one after the other,
everything is compiled again, the bands of all cells are counted again, and each lift of each person must be the one
that was promised. The weights are worked out here from risk.csv. Prints TAP.

    advise.py ENTENTE SOURCE_ROOT"""
import csv, io, json, os, shutil, subprocess, sys, tempfile

DATE = "2022-11-16"
BANDS = ["none_proven", "not_known", "remote", "may", "shall", "will"]
RUNS = [  # options, items
    ([], 10),
    (["--kind", "at-host,world-wide,group"], 5),
    (["--place", "RUS", "--service", "consular.travel-document,relief.food"], 2),
]


class Bad(Exception):
    pass


def run(entente, world, *words):
    done = subprocess.run([entente, "-w", world, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise Bad(f"{' '.join(words)}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def risks(root):
    latest = {}
    for row in rows(open(os.path.join(root, "data", "risk.csv"), encoding="utf-8").read()):
        if row["hazard"] == "inform" and row["value"]:
            latest[row["place"]] = max(latest.get(row["place"], (0, 0)), (int(row["year"]), round(10 * float(row["value"]))))
    return {place: tenths for place, (_, tenths) in latest.items()}


def bands(entente, world, services):
    found = rows(run(entente, world, "gaps", "--service", ",".join(services), "--below", "all", "--date", DATE, "--format", "csv"))
    return {(r["service"], r["place"], r["nationality"], r["group"]): (r["band"], int(r["people"]), r["uncertain"] in ("true", "1", "yes")) for r in found}


def level(band):
    return max(0, BANDS.index(band) - 1)


def gained(before, after, risk, place):
    gain = lifts = uncertain = 0
    people, moved = {}, {}
    for key, (band, count, doubtful) in after.items():
        was = before[key][0]
        if level(band) < level(was):
            raise Bad(f"{key} fell from {was} to {band}")
        if level(band) == level(was) or (place and key[1] != place):
            continue
        gain += count * risk.get(key[1], 10)
        lifts += count
        uncertain += count if doubtful else 0
        people[key[1:]] = count
        pair = ("none" if level(was) == 0 else was, band)
        moved[pair] = moved.get(pair, 0) + count
    return {"gain": f"{gain // 100}.{gain % 100:02}", "lifts": lifts, "people": sum(people.values()), "uncertain": uncertain, "moved": moved}


def prove(entente, root, options, items, risk, scratch):
    world, drafts = os.path.join(scratch, "world"), os.path.join(scratch, "drafts")
    shutil.copytree(os.path.join(root, "data"), world)
    os.mkdir(drafts)
    told = json.loads(run(entente, world, "advise", "-n", str(items), "--date", DATE, *options, "--format", "json", "--draft", drafts))
    if len(told["items"]) != items:
        raise Bad(f"{len(told['items'])} items")
    again = subprocess.run([entente, "-w", world, "advise", "-n", str(items), "--date", DATE, *options, "--draft", drafts], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if again.returncode != 2 or again.stdout:
        raise Bad("a draft was overwritten")
    services = sorted({s["service"] for item in told["items"] for s in item["services"]})
    place = options[options.index("--place") + 1] if "--place" in options else None
    run(entente, world, "check", *[os.path.join(drafts, item["agreement"] + ".yaml") for item in told["items"]])
    before = bands(entente, world, services)
    for item in told["items"]:
        name = item["agreement"] + ".yaml"
        text = open(os.path.join(drafts, name), encoding="utf-8").read()
        if text.count("is: draft") != 1:
            raise Bad(f"{name} is no draft")
        with open(os.path.join(world, "agreements", name), "w", encoding="utf-8") as file:
            file.write(text.replace("is: draft", "is: in-force"))
        after = bands(entente, world, [s["service"] for s in item["services"]])
        found = gained(before, after, risk, place)
        promised = {key: item[key] for key in ("gain", "lifts", "people", "uncertain")}
        promised["moved"] = {(m["from"], m["to"]): m["people"] for m in item["moved"]}
        if found != promised:
            raise Bad(f"{name}: promised {promised}, gained {found}")
        before.update(after)
    if bands(entente, world, services) != before:
        raise Bad("a draft changed services that it does not name")
    return [f"{item['agreement']} {item['gain']}" for item in told["items"]]


def main():
    entente, root = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    risk, failed = risks(root), 0
    print(f"1..{len(RUNS)}")
    for number, (options, items) in enumerate(RUNS, 1):
        scratch = tempfile.mkdtemp()
        try:
            done = prove(entente, root, options, items, risk, scratch)
            print(f"ok {number} - advise {' '.join(options)}: {items} items gain what was promised")
            for line in done:
                print(f"# {line}")
        except Bad as bad:
            failed += 1
            print(f"not ok {number} - advise {' '.join(options)}")
            print("\n".join("# " + line for line in str(bad).splitlines()))
        finally:
            shutil.rmtree(scratch)
    sys.exit(1 if failed else 0)


main()
