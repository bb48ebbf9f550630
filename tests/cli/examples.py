#!/usr/bin/env python3
"""The examples of `entente help COMMAND`, run as they stand in a folder with data/; the manual page and bash's completion
against the table of commands. Prints TAP.

    examples.py ENTENTE SOURCE_ROOT"""
import hashlib, http.client, os, re, shutil, socket, subprocess, sys, tempfile

ENTENTE, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])


def entente(*words):
    return subprocess.run([ENTENTE, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def commands():
    listing = entente("help").stdout.partition("\n\n  -w ")[0]
    return re.findall(r"^  ([a-z0-9][a-z0-9-]*) +\S", listing, re.M)


def examples(command):
    text = entente("help", command).stdout.partition("\nexamples:\n")[2]
    return [line.strip() for line in text.splitlines() if line.strip()]


def shell(line, folder):
    env = {k: v for k, v in os.environ.items() if k not in ("ENTENTE_WORKSPACE", "COLUMNS")}
    env["PATH"] = os.path.join(folder, "bin") + ":" + env["PATH"]
    return subprocess.run(["bash", "-c", line], cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)


def serve(line, folder, then=lambda: []):
    """A server is asked to end once it says that it is ready, and THEN has told its faults."""
    line = line.replace("unix:/run/entente/http", f"unix:{folder}/http")
    server = subprocess.Popen(["bash", "-c", "exec " + line.replace("entente", f"{folder}/bin/entente", 1)], cwd=folder,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    told = server.stderr.readline()
    faults = then() if told.startswith("ready: ") else []
    server.terminate()
    rest = server.communicate()[1]
    faults += [] if told.startswith("ready: ") else [told + rest]
    return faults + ([f"exit {server.returncode}"] if server.returncode else [])


def fetch_proof(folder):
    """eu.yaml and proof.json, of which help speaks: a document of data/, and its proof as the server of entente.db gives it."""
    shutil.copy(os.path.join(folder, "data", "agreements", "eu-consular-protection.yaml"), os.path.join(folder, "eu.yaml"))
    with open(os.path.join(folder, "eu.yaml"), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()

    def ask():
        connection = http.client.HTTPConnection("localhost")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(f"{folder}/http")
        connection.request("GET", f"/api/v1/proofs/sha256:{digest}")
        answer = connection.getresponse()
        told = answer.read()
        connection.close()
        with open(os.path.join(folder, "proof.json"), "wb") as file:
            file.write(told)
        return [] if answer.status == 200 else [f"{answer.status} {told[:300]}"]

    return serve("entente serve -w sqlite:entente.db --listen unix:/run/entente/http", folder, ask)


def run_examples(folder):
    for command in commands():
        lines = examples(command)
        if command != "help":
            yield f"{command} has examples", [] if lines else ["none"]
        for line in lines:
            if line.startswith("entente serve "):
                yield f"example: {line}", serve(line, folder)
                continue
            if "--proof proof.json" in line:
                yield f"{command}: the server gives a proof", fetch_proof(folder)
            done = shell(line, folder)
            faults = []
            if done.returncode not in ((0,) if "--proof" in line else (0, 1)):  # 1: found, and told
                faults.append(f"exit {done.returncode}")
            told = re.sub(r"^entente: .* rows in .* a second, 0 faulty\n", "", done.stderr)  # the sum of a batch
            if told:
                faults.append(told)
            if not done.stdout and not re.search(r"entente (fmt|check) ", line):  # silent where all is well
                faults.append("nothing on standard output")
            yield f"example: {line}", faults


def manual():
    page = entente("manual").stdout
    for command in commands():
        missing = [] if re.search(rf"^\.Ss entente {command}( |$)", page, re.M) else ["no section"]
        listed = re.findall(r"^  (--[a-z-]+)", entente("help", command).stdout, re.M)
        missing += [option for option in listed
                    if ".It Fl \\-" + option[2:].replace("-", "\\-") not in page]
        yield f"manual: {command}", missing
    if shutil.which("groff"):
        done = subprocess.run(["groff", "-ww", "-mandoc", "-Tutf8"], input=page, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE)
        yield "manual: groff finds no fault", [done.stderr] if done.stderr or done.returncode else []
    else:
        yield "manual: groff finds no fault # skip no groff here", []


def complete(folder, line):
    """What bash offers for LINE, by the script that is installed."""
    script = f"""source {ROOT}/tools/entente.bash
COMP_WORDS=({line}) COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
compopt() {{ :; }}
_entente; printf '%s\\n' "${{COMPREPLY[@]}}" """
    return shell(script, folder).stdout.split("\n")


def completion(folder):
    for line, wanted, unwanted in [
        ("entente wh", "who", "gaps"),
        ("entente who --serv", "--service", "--place"),
        ("entente who --service consular.w", "consular.welfare", "consular.death"),
        ("entente who --status child,refu", "child,refugee", "refugee"),
        ("entente who --place SDN-kh", "SDN-khartoum", "SDN"),
        ("entente who --nationality LI", "LIE", "ITA"),
        ("entente gaps --format c", "csv", "json"),
        ("entente gaps --color al", "always", "never"),
        ("entente show tric", "tricamex", "tricamex-mcallen"),
        ("entente help ga", "gaps", "who"),
        ("entente 3w --as pub", "public", "iom"),
    ]:
        offered = complete(folder, line)
        faults = [f"not offered: {wanted}"] if wanted not in offered else []
        faults += [f"offered: {unwanted}"] if unwanted in offered else []
        yield f"completion: {line}", faults + ([", ".join(offered)[:300]] if faults else [])
    every = set(complete(folder, "entente ''"))
    yield "completion: every command", sorted(set(commands()) - every)


def main():
    folder = tempfile.mkdtemp(prefix="entente-examples-")
    results = []
    try:
        shutil.copytree(os.path.join(ROOT, "data"), os.path.join(folder, "data"))
        os.mkdir(os.path.join(folder, "bin"))
        os.symlink(ENTENTE, os.path.join(folder, "bin", "entente"))
        results = [*run_examples(folder), *manual(), *completion(folder)]
    finally:
        shutil.rmtree(folder)
    print(f"1..{len(results)}")
    for number, (name, faults) in enumerate(results, 1):
        print("not ok" if faults else "ok", number, "-", name)
        for fault in faults:
            for text in fault.splitlines():
                print("#  ", text)
    sys.exit(1 if any(faults for _, faults in results) else 0)


main()
