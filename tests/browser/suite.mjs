// The pages in Debian's Chromium: every kind of page found by its links, in several windows and languages, against rules of accessibility, of HTML, of our own
// policy and budgets; three persons at their work; paper. Prints TAP; pictures and papers are left in OUT.
// WALK=all (make walk) looks at one page of every shape, each also in French, Spanish and Arabic; without it, at one page of every
// pattern of the table of routes, and the three persons speak English with scripts and Arabic without.
//   node suite.mjs ENTENTE SOURCE_ROOT OUT
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as budgets from "./budgets.mjs";
import * as looks from "./looks.mjs";
import { discover, firsts, sample } from "./pages.mjs";
import { printed } from "./paper.mjs";
import { analyst, migrant, officer, windows } from "./personas.mjs";
import { rules } from "./rules.mjs";
import { nothingKept } from "./secrets.mjs";
import { Server } from "./server.mjs";
import { plan, test } from "./tap.mjs";
import { Visitor } from "./visit.mjs";

const WINDOWS = 2; // side by side
const ALL = process.env.WALK === "all";
const [program, root, out] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(out, "none.js"));
const { chromium } = require("playwright-core");
const { HtmlValidate, StaticConfigLoader } = require("html-validate");

// Runs the jobs, WINDOWS at a time.
async function all(jobs) {
  const rest = [...jobs];
  await Promise.all(Array.from({ length: WINDOWS }, async () => {
    for (let job = rest.shift(); job; job = rest.shift())
      await job().catch((error) => test(`${job}`.slice(6), `${error.message}`));
  }));
}

async function markup(pages) {
  const validator = new HtmlValidate(new StaticConfigLoader({ root: true, ...rules }));
  for (const page of pages) {
    const report = await validator.validateString(page.text);
    test(`html-validate: ${page.path}`, report.results.flatMap((r) => r.messages.map((m) => `${m.ruleId} ${m.line}:${m.column} ${m.selector}: ${m.message}`)));
  }
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), "entente-browser-"));
  const server = await Server.start(program, join(root, "data"), folder);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: process.getuid() === 0 ? ["--no-sandbox"] : [] });
  try {
    const visitor = new Visitor(browser, server, out);
    const pages = (await discover(server)).filter((page) => page.html);
    const chosen = sample(pages), plain = firsts(pages);
    const one = plain.filter((page, i) => plain.findIndex((p) => p.pattern === page.pattern) === i);
    await markup(chosen);
    budgets.pages(pages);
    await all([
      ...(ALL ? windows : windows.slice(0, 2)).flatMap((window) => [analyst, officer, migrant].map((who) => () => who(visitor, window))),
      ...(ALL ? chosen : one).map((page) => () => looks.wide(visitor, page)),
      ...(ALL ? plain : one).flatMap((page) => [
        () => looks.narrow(visitor, page, "ar"), () => printed(visitor, page, "en"),
      ]),
      ...one.flatMap((page) => [() => looks.keyboard(visitor, page), () => budgets.firstView(visitor, page)]),
      ...(ALL ? one : []).flatMap((page) => [
        () => looks.otherColours(visitor, page), () => looks.narrow(visitor, page, "fr"), () => looks.narrow(visitor, page, "es"),
        () => looks.mirroredAxe(visitor, page), () => printed(visitor, page, "ar"),
      ]),
    ]);
    await nothingKept(server);
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
