// Which pages there are: patterns from /openapi.yaml, addresses by following links from the world, as a reader would. A new route is found by itself.
import { test } from "./tap.mjs";

const PAGES_MAX = 260; // addresses asked in all
const SHAPE_MAX = 8;   // of one shape: pattern, rest of the path, names of parameters
const PATTERN_MAX = 24;
const LONG = 120000;   // letters of markup: about what the budget of a page is, packed
// Read by machines: no page leads to them.
const MACHINES = ["/healthz", "/metrics", "/openapi.yaml"];
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

export async function patterns(server) {
  const found = [];
  let path = "";
  for (const line of (await server.get("/openapi.yaml")).text.split("\n")) {
    if (/^ {2}\/\S*:$/.test(line)) path = line.trim().slice(0, -1);
    else if (/^ {4}get:$/.test(line)) found.push(path);
  }
  return found;
}

function patternOf(list, path) {
  return list.find((p) => p === path) ?? list.filter((p) => p.endsWith("*") && path.startsWith(p.slice(0, -1))).sort((a, b) => b.length - a.length)[0];
}

function shapeOf(pattern, address) {
  const [path, query = ""] = address.split("?");
  const rest = pattern.endsWith("*") ? path.slice(pattern.length - 1).split("/").slice(1).join("/") : "";
  return [pattern, rest, ...query.split("&").map((pair) => pair.split("=")[0]).sort()].join(" ").trim();
}

export function links(page) {
  const here = new URL(page.path, "http://here");
  return [...page.text.matchAll(/ (?:href|src)="([^"]*)"/g)]
    .map(([, link]) => new URL(link.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ENTITIES[name]), here))
    .filter((url) => url.origin === here.origin)
    .map((url) => url.pathname + url.search);
}

// Asks page after page, at most SHAPE_MAX of a shape and PATTERN_MAX of a pattern; languages are walked later.
export async function discover(server) {
  const list = await patterns(server), shapes = new Map(), counts = new Map(), found = new Map();
  const todo = ["/"], seen = new Set(todo), other = [];
  while (todo.length && found.size < PAGES_MAX) {
    const address = todo.shift(), pattern = patternOf(list, address.split("?")[0]);
    if (!pattern) {
      other.push(address);
      continue;
    }
    const shape = shapeOf(pattern, address), n = shapes.get(shape) ?? 0, all = counts.get(pattern) ?? 0;
    if (n >= SHAPE_MAX || all >= PATTERN_MAX) continue;
    shapes.set(shape, n + 1);
    counts.set(pattern, all + 1);
    const page = { ...await server.get(address), pattern, shape };
    page.html = page.type.startsWith("text/html");
    found.set(address, page);
    if (!page.html) continue;
    for (const link of links(page)) {
      if (seen.has(link) || /[?&]lang=/.test(link)) continue;
      seen.add(link);
      todo.push(link);
    }
  }
  test("links lead to routes of the table", other);
  test("whatever a page leads to is there", [...found.values()].filter((p) => p.status !== 200).map((p) => `${p.path}: ${p.status}`));
  for (const pattern of list.filter((p) => !p.startsWith("/api/") && !MACHINES.includes(p)))
    test(`links lead to ${pattern}`, counts.has(pattern) ? "" : "no page that was read leads there");
  return [...found.values()];
}

function groups(pages, key) {
  return [...pages.reduce((map, page) => map.set(page[key], [...map.get(page[key]) ?? [], page]), new Map()).values()];
}

// Of each shape the first; of each pattern the longest too that a budget lets pass, and of those with parameters only the first.
export function sample(pages) {
  const plain = pages.filter((page) => !page.path.includes("?")), asked = pages.filter((page) => page.path.includes("?"));
  const longest = groups(plain, "pattern").map((group) => group.filter((page) => page.text.length <= LONG).reduce((a, b) => b.text.length > a.text.length ? b : a, group[0]));
  return [...new Set([...firsts(pages), ...longest, ...groups(asked, "pattern").map((group) => group[0])])];
}

// The first of each shape without parameters: one page of every kind.
export function firsts(pages) {
  return groups(pages.filter((page) => !page.path.includes("?")), "shape").map((group) => group[0]);
}
