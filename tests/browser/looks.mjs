// What must hold of every kind of page: in English and Arabic, wide and narrow, with scripts and without, by keyboard, in other colours.
import { colours, focused, forced, mirrored } from "./inside.mjs";
import { test } from "./tap.mjs";
import { fileName } from "./visit.mjs";

const NARROW = 360, WIDE = 1200, HEIGHT = 900;
const TABS_MAX = 90;

function inLanguage(path, lang) {
  const [address, query] = path.split("?");
  return `${address}?${query ? query + "&" : ""}lang=${lang}`;
}

export async function wide(visitor, page) {
  const visit = await visitor.open({ width: WIDE, height: HEIGHT });
  await visit.page.goto(visitor.server.origin + page.path);
  test(`axe: ${page.path}`, await visitor.accessibility(visit.page));
  await visitor.picture(visit.page, `${fileName(page.path)}-en-${WIDE}`);
  await visit.page.setViewportSize({ width: NARROW, height: HEIGHT });
  test(`in English, ${NARROW} px, with scripts: ${page.path}`, await visitor.traces(visit));
  await visitor.picture(visit.page, `${fileName(page.path)}-en-${NARROW}`);
  await visit.close();
}

export async function narrow(visitor, page, lang) {
  const visit = await visitor.open({ js: false, width: NARROW, height: HEIGHT, lang });
  await visit.page.goto(visitor.server.origin + inLanguage(page.path, lang));
  const spoken = await visit.page.evaluate(() => document.documentElement.lang);
  test(`in ${lang}, ${NARROW} px, without scripts: ${page.path}`,
    [spoken !== lang && `the page is in ${spoken}`, ...await visitor.traces(visit), ...lang === "ar" ? await visit.page.evaluate(mirrored) : []]);
  if (lang === "ar") {
    await visitor.picture(visit.page, `${fileName(page.path)}-ar-${NARROW}`);
    await visit.page.setViewportSize({ width: WIDE, height: HEIGHT });
    test(`in ${lang}, ${WIDE} px, without scripts: ${page.path}`, await visitor.traces(visit));
  }
  await visit.close();
}

export async function mirroredAxe(visitor, page) {
  const visit = await visitor.open({ width: NARROW, height: HEIGHT, lang: "ar" });
  await visit.page.goto(visitor.server.origin + inLanguage(page.path, "ar"));
  test(`axe, in Arabic, ${NARROW} px: ${page.path}`, await visitor.accessibility(visit.page));
  await visit.close();
}

// Tab after tab: the way past the heading first; each stop is seen; every field and its button is reached in its order, and the way on after them.
export async function keyboard(visitor, page) {
  const visit = await visitor.open({ width: WIDE, height: HEIGHT }), faults = [], reached = [];
  await visit.page.goto(visitor.server.origin + page.path);
  const controls = await visit.page.evaluate(() => [...document.querySelectorAll("main input:not([type=hidden]):not([type=radio]), main select, main textarea, main button")].map((e) => e.id || e.textContent.trim()));
  const skip = await visit.page.evaluate(() => Boolean(document.querySelector(".govuk-skip-link")));
  for (let i = 0; i < TABS_MAX; i++) {
    await visit.page.keyboard.press("Tab");
    const at = await visit.page.evaluate(focused);
    if (!at) break;
    reached.push(at.key ?? at.name);
    if (!i && skip && at.key !== "#main") faults.push(`the first stop is ${at.name}`);
    if (!at.changed && !at.name.startsWith("section")) faults.push(`focus is not seen on ${at.name}`);
    if (at.covered) faults.push(`the link that leaves lies over ${at.name}`);
    if (at.empty || !at.inside) faults.push(`focus is out of sight on ${at.name}`);
  }
  const wanted = controls.filter(Boolean).slice(0, TABS_MAX - 40);
  const missed = wanted.filter((id) => !reached.some((r) => r === id || r.endsWith(id)));
  if (missed.length) faults.push(`never reached: ${missed.slice(0, 5)}`);
  if (new Set(reached).size < Math.min(4, reached.length)) faults.push("the keyboard is caught");
  if (skip) {
    await visit.page.goto(visitor.server.origin + page.path);
    await visit.page.keyboard.press("Tab");
    await visit.page.keyboard.press("Enter");
    await visit.page.keyboard.press("Tab");
    if (!await visit.page.evaluate(() => location.hash === "#main" && (document.activeElement === document.body || Boolean(document.activeElement.closest("main, footer")))))
      faults.push("the skip link does not lead past the heading");
  }
  test(`by keyboard: ${page.path}`, faults);
  await visit.close();
}

export async function otherColours(visitor, page) {
  const visit = await visitor.open({ width: NARROW, height: HEIGHT });
  await visit.page.goto(visitor.server.origin + page.path);
  const light = await visit.page.evaluate(colours);
  await visit.page.emulateMedia({ colorScheme: "dark" });
  const dark = await visit.page.evaluate(colours);
  await visit.page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  test(`dark, and in forced colours: ${page.path}`, [dark !== light && "the page half follows a dark system", ...await visit.page.evaluate(forced)]);
  await visitor.picture(visit.page, `${fileName(page.path)}-forced`);
  await visit.close();
}
