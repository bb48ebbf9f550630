// What a page costs on a bad line, as it goes over the wire.
import { figure, test } from "./tap.mjs";

const HTML_MAX = 14 * 1024, SHEET_MAX = 10 * 1024, VIEW_MAX = 30 * 1024;
// Pages over it, each with its reason and its own limit.
export const whole = [
  // Everything one needs when the network is gone, on paper: fetched once and printed.
  { pattern: /^\/places\/[A-Z]{3}\/duty-book/, most: 64 * 1024 },
  // The same for a post.
  { pattern: /^\/posts\/[^/]+\/contingency-plan/, most: 64 * 1024 },
];

export function pages(list) {
  for (const page of list) {
    const known = whole.find((row) => row.pattern.test(page.path)), most = known?.most ?? HTML_MAX;
    test(`${page.path} is sent packed, in at most ${most} bytes`, [page.headers["content-encoding"] !== "gzip" && page.text.length > 2000 && "it is not packed",
      page.wire > most && `${page.wire} bytes`]);
  }
  const longest = list.reduce((a, b) => b.wire > a.wire ? b : a);
  figure(`the longest page is ${longest.path}: ${longest.wire} bytes`);
}

// All that a browser fetches for its first page.
export async function firstView(visitor, page) {
  const visit = await visitor.open(), session = await visit.context.newCDPSession(visit.page), sheets = new Map(), sizes = new Map();
  await session.send("Network.enable");
  session.on("Network.responseReceived", (e) => sheets.set(e.requestId, e.type));
  session.on("Network.loadingFinished", (e) => sizes.set(e.requestId, e.encodedDataLength));
  await visit.page.goto(visitor.server.origin + page.path, { waitUntil: "networkidle" });
  const sum = [...sizes.values()].reduce((a, b) => a + b, 0);
  const most = VIEW_MAX + (whole.find((row) => row.pattern.test(page.path))?.most ?? HTML_MAX) - HTML_MAX;
  test(`first view of ${page.path}: at most ${most} bytes`, [sum > most && `${sum} bytes in ${sizes.size} answers`, !sizes.size && "nothing was seen",
    ...[...sizes].filter(([id, size]) => sheets.get(id) === "Stylesheet" && size > SHEET_MAX).map(([, size]) => `a sheet of ${size} bytes`)]);
  figure(`first view of ${page.path}: ${sum} bytes`);
  await visit.close();
}
