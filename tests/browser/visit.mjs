// One page as one browser shows it, and what must hold of any page in any window.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const PICTURE_MAX = 3000; // pixels down: what is below is more of the same table
const PATIENCE_MS = 120000; // for one step, on a machine that does other things too
const AXE = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] };

// A window: { js, width, lang, colors }. What the page says wrong while it loads is gathered in visit.faults.
export class Visitor {
  constructor(browser, server, out) {
    Object.assign(this, { browser, server, out, axe: readFileSync(join(out, "node_modules", "axe-core", "axe.min.js"), "utf8") });
  }

  async open({ js = true, width = 1200, height = 900, lang = "en", ...more } = {}) {
    const context = await this.browser.newContext({ javaScriptEnabled: js, viewport: { width, height }, locale: lang, ...more });
    const page = await context.newPage(), faults = [];
    page.setDefaultTimeout(PATIENCE_MS);
    if (js) await page.addInitScript(() => document.addEventListener("securitypolicyviolation",
      (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile ?? ""}:${e.lineNumber}`)));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(`console: ${message.text()} ${message.location().url}`));
    page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
    page.on("requestfailed", (request) => faults.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
    page.on("request", (request) => request.url().startsWith(this.server.origin) || request.url().startsWith("data:") || faults.push(`elsewhere: ${request.url()}`));
    return { context, page, faults, close: () => context.close() };
  }

  async accessibility(page) {
    const session = await page.context().newCDPSession(page);
    await session.send("Runtime.evaluate", { expression: this.axe }); // past the page's policy, which forbids eval
    await session.detach();
    return page.evaluate((options) => axe.run(document, options).then((result) => result.violations.flatMap((rule) =>
      rule.nodes.slice(0, 3).map((node) => `${rule.id} at ${node.target.join(" ")}: ${node.failureSummary}`))), AXE);
  }

  // Wider than its window, what is cut off by its edge, cookies and other traces.
  async traces(visit) {
    const { context, page } = visit;
    const kept = await context.storageState();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth
      ? [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".cx-scroll, svg"))
        .slice(-3).map((e) => `${e.tagName} ${e.className} reaches ${Math.round(e.getBoundingClientRect().right)} of ${innerWidth}`)
        .concat(`the page is ${document.documentElement.scrollWidth} wide in ${innerWidth}`) : []);
    return [...visit.faults, ...wide, ...kept.cookies.map((c) => `cookie: ${c.name}`), ...kept.origins.map((o) => `storage: ${o.origin}`)];
  }

  async picture(page, name) {
    const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: document.documentElement.scrollHeight }));
    await page.screenshot({ path: join(this.out, `${name}.png`), fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, PICTURE_MAX) } });
  }
}

export function fileName(path) {
  return path.replace(/^\//, "").replace(/[^\w.-]+/g, "-").slice(0, 80) || "world";
}
