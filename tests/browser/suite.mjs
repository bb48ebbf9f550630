// The pages in Debian's Chromium: every kind of page found by its links, in several windows and languages, against rules of accessibility, of HTML, of our own
// policy and budgets; three persons at their work; paper. Prints TAP; pictures and papers are left in OUT.
//   node suite.mjs ENTENTE SOURCE_ROOT OUT
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { plan, test } from "./tap.mjs";
import { discover, sample } from "./pages.mjs";
import { rules } from "./rules.mjs";
import { Server } from "./server.mjs";
import { fileName, Visitor } from "./visit.mjs";

const WINDOWS = 2; // side by side
const [program, root, out] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(out, "none.js"));
const { chromium } = require("playwright-core");
const { HtmlValidate, StaticConfigLoader } = require("html-validate");

// Runs the jobs, WINDOWS at a time.
async function all(jobs) {
  const rest = [...jobs];
  await Promise.all(Array.from({ length: WINDOWS }, async () => {
    while (rest.length) await rest.shift()();
  }));
}

async function markup(pages) {
  const validator = new HtmlValidate(new StaticConfigLoader({ root: true, ...rules }));
  for (const page of pages) {
    const report = await validator.validateString(page.text);
    test(`html-validate: ${page.path}`, report.results.flatMap((r) => r.messages.map((m) => `${m.ruleId} ${m.line}:${m.column} ${m.selector}: ${m.message}`)));
  }
}

async function look(visitor, page) {
  const visit = await visitor.open();
  await visit.page.goto(visitor.server.origin + page.path);
  test(`axe: ${page.path}`, await visitor.accessibility(visit.page));
  test(`nothing is refused, fetched from elsewhere or told as an error: ${page.path}`, visit.faults);
  await visitor.picture(visit.page, `${fileName(page.path)}-en-1200`);
  await visit.close();
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), "entente-browser-"));
  const server = await Server.start(program, join(root, "data"), folder);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: process.getuid() === 0 ? ["--no-sandbox"] : [] });
  try {
    const visitor = new Visitor(browser, server, out);
    const pages = (await discover(server)).filter((page) => page.html);
    const chosen = sample(pages);
    await markup(chosen);
    await all(chosen.map((page) => () => look(visitor, page)));
    await browser.close();
    test("the server ends well after all this", await server.stop() === 0 ? "" : server.lines().slice(-2000));
  } finally {
    await browser.close();
    server.process.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
  process.exitCode = plan();
}

await main();
