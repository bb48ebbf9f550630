// Three persons at their work, by links, fields and buttons alone; found by where they lead, so that the walk is the same in every language.
import { mirrored } from "./inside.mjs";
import { test } from "./tap.mjs";

// Each in its language, its window, with or without scripts.
export const windows = [
  { lang: "en", width: 1200, js: true },
  { lang: "ar", width: 360, js: false },
  { lang: "fr", width: 360, js: true },
  { lang: "es", width: 1200, js: false },
];
// "I lost my passport and was not paid", and a word that nobody says.
export const MARKER = "zqxmarkerword";
const SAID = {
  en: "I lost my passport", ar: "فقدت جواز سفري", fr: "j'ai perdu mon passeport", es: "he perdido mi pasaporte",
};

class Walk {
  constructor(visitor, name, window) {
    Object.assign(this, { visitor, window, name: `${name}, ${window.lang}, ${window.width} px, ${window.js ? "with" : "without"} scripts`, faults: [] });
  }

  async start(path) {
    this.visit = await this.visitor.open(this.window);
    this.page = this.visit.page;
    await this.page.goto(`${this.visitor.server.origin}${path}?lang=${this.window.lang}`);
    await this.look("the first page");
  }

  async look(step) {
    const { lang, h1, on } = await this.page.evaluate(() => ({ lang: document.documentElement.lang, h1: document.querySelector("h1")?.textContent.trim(),
      on: document.querySelectorAll("main a[href]").length }));
    const told = [...await this.visitor.traces(this.visit), ...this.window.lang === "ar" ? await this.page.evaluate(mirrored) : []];
    if (lang !== this.window.lang) told.push(`the language is lost: ${lang}`);
    if (!h1) told.push("no heading");
    if (!on) told.push("no way on");
    this.faults.push(...told.map((fault) => `${step}: ${fault}`));
    this.visit.faults.length = 0;
  }

  // Follows the first link of the page that leads there; false when there is none.
  async follow(step, selector) {
    const link = this.page.locator(selector).first();
    if (!await link.count()) return false;
    await Promise.all([this.page.waitForNavigation(), link.focus().then(() => this.page.keyboard.press("Enter"))]);
    await this.look(step);
    return true;
  }

  async must(step, selector) {
    if (!await this.follow(step, selector)) this.faults.push(`${step}: nothing leads there (${selector})`);
  }

  async send(step, selector) {
    await Promise.all([this.page.waitForNavigation(), this.page.locator(selector).first().click()]);
    await this.look(step);
  }

  expect(what, holds) {
    if (!holds) this.faults.push(`not there: ${what}`);
  }

  async end() {
    test(this.name, this.faults);
    await this.visit.close();
  }
}

// The world, then for whom nobody is bound, who is bound twice, a place, and its tables as files.
export async function analyst(visitor, window) {
  const walk = new Walk(visitor, "an analyst", window);
  await walk.start("/");
  await walk.must("gaps", 'nav a[href^="/gaps"]');
  const select = walk.page.locator("main select[name=service]");
  if (await select.count()) {
    await select.selectOption("consular.travel-document");
    await walk.send("gaps of one service", "main form button");
    walk.expect("the service that was chosen", new URL(walk.page.url()).searchParams.get("service") === "consular.travel-document");
  }
  if (!await walk.follow("overlaps", 'a[href^="/overlaps"]')) await walk.must("places", 'nav a[href^="/places"]');
  if (await walk.page.locator('main a[href^="/places/"]').count() === 0) await walk.must("places", 'nav a[href^="/places"]');
  await walk.must("a place", 'main a[href^="/places/"]:not([href*=".csv"]):not(svg a)');
  const files = await walk.page.evaluate(() => [...document.querySelectorAll('main a[href*=".csv"]')].map((a) => a.getAttribute("href")));
  walk.expect("a table as CSV", files.length);
  for (const file of files.slice(0, 2)) {
    const answer = await visitor.server.get(file);
    walk.expect(`${file} with rows`, answer.status === 200 && answer.type.startsWith("text/csv") && answer.text.split("\r\n").length > 1);
  }
  await walk.end();
}

// A country, who leads for whom, a post that answers, its numbers, and what to print before the line is gone.
export async function officer(visitor, window) {
  const walk = new Walk(visitor, "a duty officer", window);
  await walk.start("/places");
  await walk.must("Libya", 'main a[href^="/places/LBY"]');
  walk.expect("who leads for whom", await walk.page.locator("table .cx-band").count());
  walk.expect("a number that can be called, or that none is known", await walk.page.locator('#numbers a[href^="tel:"], #numbers tbody tr, section:has(#numbers) p').count());
  const country = walk.page.url();
  await walk.must("a post", 'main a[href^="/posts/"]');
  walk.expect("its numbers, or that none is known", await walk.page.locator("main table, main .cx-unknown").count());
  await walk.must("whose post it is", 'main a[href^="/parties/"]');
  await walk.page.goto(country);
  if (await walk.follow("the duty book", 'main a[href*="duty-book"]')) walk.expect("numbers in the duty book", await walk.page.locator("main table").count());
  await walk.end();
}

// Help in one's own words, the answer, the card, and away.
export async function migrant(visitor, window) {
  const walk = new Walk(visitor, "a migrant", window);
  await walk.start("/places");
  await walk.must("find help", 'footer a[href^="/help"]');
  await walk.page.fill("#place", "LBY");
  await walk.page.fill("#nationality", "EGY");
  await walk.page.fill("#words", `${SAID[window.lang]}. ${MARKER}${window.lang}`);
  await walk.send("the answer", "main form button");
  walk.expect("what was understood", await walk.page.locator("main > ul strong").count());
  walk.expect("what was not understood", (await walk.page.innerText("main")).includes(MARKER));
  walk.expect("a helper", await walk.page.locator(".cx-card h3").count());
  walk.expect("nothing in the address", !/EGY|LBY|zqx/.test(walk.page.url()));
  if (await walk.page.locator('form[action^="/help/card"]').count()) {
    await walk.send("the card", 'form[action^="/help/card"] button');
    walk.expect("a code on the card", await walk.page.locator("main svg").count());
    walk.expect("a card that looks like nothing", !/Entente|consul|embass/i.test(await walk.page.content()));
    await walk.must("back to find help", 'main a[href^="/help"]');
  }
  let left = "";
  await walk.visit.context.route("https://**", (route) => {
    left = route.request().headers().referer ?? "nothing told";
    return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>elsewhere</title>" });
  });
  walk.visit.faults.length = 0;
  await Promise.all([walk.page.waitForURL("https://**"), walk.page.locator(".cx-leave").click()]);
  walk.expect("away, and nobody told from where", left === "nothing told");
  await walk.end();
}
