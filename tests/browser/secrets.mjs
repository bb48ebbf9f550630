// What a person says when they look for help is nowhere on disk: not in the log, the folder for passing files, the database, nor any file that the server holds open.
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { MARKER } from "./personas.mjs";
import { test } from "./tap.mjs";

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]);
}

// Files that the server holds open, removed ones too.
function open(pid) {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).map((n) => join(folder, n)).filter((path) => {
    try {
      return statSync(path).isFile();
    } catch {
      return false;
    }
  }).map((path) => ({ path, name: readlinkSync(path) }));
}

async function say(server, path, type, body) {
  const answer = await fetch(server.origin + path, { method: "POST", headers: { "Content-Type": type, Referer: `${server.origin}/${MARKER}`, Cookie: `a=${MARKER}` }, body });
  return answer.status;
}

export async function nothingKept(server) {
  const form = "application/x-www-form-urlencoded", json = "application/json";
  const told = [
    await say(server, "/help", form, new URLSearchParams({ place: "LBY", nationality: "EGY", words: `my passport ${MARKER}`, fears: "1" }).toString()),
    await say(server, "/help", form, new URLSearchParams({ place: MARKER, nationality: MARKER, words: MARKER }).toString()),
    await say(server, "/help/card", form, new URLSearchParams({ text: `${MARKER} +999 1` }).toString()),
    await say(server, "/api/v1/help", json, JSON.stringify({ place: "LBY", nationality: ["EGY"], words: MARKER, needs: ["food"] })),
    await say(server, "/api/v1/who", json, JSON.stringify({ nationality: ["EGY"], place: MARKER, service: "relief.food" })),
  ];
  test("what is said is answered or refused", told.map((status) => [200, 422].includes(status) ? "" : `${status}`));
  const all = [...files(server.folder).map((path) => ({ path, name: path })), ...open(server.process.pid)];
  const has = (file, word) => readFileSync(file.path).includes(word);
  test("the log and the database are among what is looked through", [
    !all.some((f) => f.name === server.log && has(f, "POST /help 200")) && "no line of the log tells of /help",
    !all.some((f) => f.name.endsWith(".db") && has(f, "SQLite format 3")) && "no database"]);
  test("no query for help is in any file on disk", all.filter((f) => has(f, MARKER)).map((f) => f.name));
}
