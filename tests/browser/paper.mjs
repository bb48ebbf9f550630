// Every kind of page on A4: it has pages, its words can be read out, and no table is cut off by the edge.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { tables } from "./inside.mjs";
import { test } from "./tap.mjs";
import { fileName } from "./visit.mjs";

const PAGES_MAX = 60;
const PAPER_PX = 680; // A4 without its margins of 15 mm

function read(file, ...how) {
  return execFileSync("pdftotext", [...how, file, "-"], { encoding: "utf8", maxBuffer: 1 << 27 });
}

function outside(file) {
  const faults = [];
  let width = 0;
  for (const [, page, x0, x1, word] of read(file, "-bbox").matchAll(/<page width="([\d.]+)"|<word xMin="(-?[\d.]+)" yMin="[^"]+" xMax="(-?[\d.]+)" yMax="[^"]+">([^<]*)/g))
    if (page) width = Number(page);
    else if (Number(x0) < 0 || Number(x1) > width) faults.push(`cut off by the edge: ${word}`);
  return faults;
}

export async function printed(visitor, page, lang) {
  const visit = await visitor.open({ lang }), file = join(visitor.out, `${fileName(page.path)}-${lang}.pdf`), faults = [];
  await visit.page.goto(`${visitor.server.origin}${page.path}${page.path.includes("?") ? "&" : "?"}lang=${lang}`);
  await visit.page.emulateMedia({ media: "print" });
  // What is wider than the paper is not cut: every letter of the document is made smaller for it.
  await visit.page.setViewportSize({ width: PAPER_PX, height: 1000 });
  const wide = await visit.page.evaluate(() => [document.documentElement.scrollWidth, [...document.querySelectorAll("table")].filter((e) => e.offsetWidth > innerWidth).map((e) => e.id)]);
  if (wide[0] > PAPER_PX) faults.push(`${wide[0]} of ${PAPER_PX} pixels wide: ${wide[1]}`);
  const shown = await visit.page.evaluate(tables), heading = await visit.page.evaluate(() => document.querySelector("h1").innerText.replace(/\s+/g, ""));
  await visit.page.pdf({ path: file, format: "A4", preferCSSPageSize: true });
  await visit.close();
  const text = read(file, "-raw"), flat = text.replace(/\s+/g, ""), count = text.split("\f").length - 1;
  if (count < 1 || count > PAGES_MAX) faults.push(`${count} pages`);
  // Letters of Arabic come out in their shapes and order of the page: there only that they do come out.
  if (lang === "ar") {
    if ((text.normalize("NFKC").match(/[\u0621-\u064a]/g) ?? []).length < 40) faults.push("no Arabic comes out");
  } else {
    if (!flat.includes(heading)) faults.push(`the heading does not come out: ${heading}`);
    if (flat.includes("tobefilledin")) faults.push("a blank has words where the pen needs the room");
    for (const table of shown)
      for (const cell of table.texts.filter((words) => words && !flat.includes(words))) faults.push(`table ${table.id}: '${cell}' does not come out`);
  }
  test(`on paper, ${lang}, ${count} pages: ${page.path}`, [...faults, ...outside(file)]);
}
