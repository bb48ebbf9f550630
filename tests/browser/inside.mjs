// What is asked of a page from within. Each is sent to the browser as it stands: no name from outside it.

// Right to left: the page says so, what is left to right in it (numbers to call, dates, names in Latin letters) is set apart and shown in its own order.
export function mirrored() {
  const faults = [], ran = document.createRange();
  if (document.documentElement.dir !== "rtl" || getComputedStyle(document.body).direction !== "rtl") faults.push("the page is not from right to left");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && faults.length < 20; node = walker.nextNode()) {
    const text = node.data, parent = node.parentElement;
    if (!text.trim() || !parent.getClientRects().length || parent.closest("option, textarea")) continue;
    if (!parent.closest("bdi, [dir]:not(html), [lang]:not(html), svg, code") && /[A-Za-z]{3,}/.test(text.replace(/Entente|CSV|HXL|Tel\./g, "")) && !/[\u0621-\u064a]/.test(text))
      faults.push(`not translated, and not set apart: ${text.trim().slice(0, 80)}`);
    for (const match of text.matchAll(/\+?\d[\d ().:\/-]*\d/g)) {
      const box = (at) => {
        ran.setStart(node, at);
        ran.setEnd(node, at + 1);
        return ran.getBoundingClientRect();
      };
      const first = box(match.index), last = box(match.index + match[0].length - 1);
      if (Math.abs(first.top - last.top) < 4 && first.left > last.left) faults.push(`shown backwards: ${match[0]} in ${text.trim().slice(0, 80)}`);
    }
  }
  return faults;
}

// What the keyboard is on: its name, how it looks, and whether something lies over it.
export function focused() {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const look = (x) => {
    const s = getComputedStyle(x);
    return [s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 ? s.outline : "", s.boxShadow, s.backgroundColor, s.borderColor, s.stroke, s.strokeWidth].join("|");
  };
  const drawn = e.querySelectorAll("path, circle"); // of a map: frames and grounds do not show there
  const all = () => (e.closest("svg") ? [...drawn] : [e, e.nextElementSibling ?? e]).map(look).join("\n") +
    (e.nextElementSibling ? getComputedStyle(e.nextElementSibling, "::before").boxShadow + getComputedStyle(e.nextElementSibling, "::before").outline : "");
  const box = e.getBoundingClientRect(), leave = document.querySelector(".cx-leave")?.getBoundingClientRect();
  const seen = all();
  const covered = leave && !e.matches(".cx-leave") && box.top >= leave.top && box.bottom <= leave.bottom && box.left >= leave.left && box.right <= leave.right;
  e.blur();
  const plain = all();
  e.focus({ preventScroll: true });
  return { name: `${e.tagName.toLowerCase()} ${e.id || e.getAttribute("href") || e.textContent.trim().slice(0, 30)}`, key: e.id || e.getAttribute("href"), tag: e.tagName,
    type: e.type ?? "", changed: seen !== plain, covered: Boolean(covered), empty: !box.width || !box.height,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth, map: Boolean(e.closest("svg")) };
}

// With colours forced by the reader: what is told by colour has an edge or a word still, and what can be pressed has a frame.
export function forced() {
  const faults = [];
  if (!matchMedia("(forced-colors: active)").matches) faults.push("colours are not forced");
  for (const e of document.querySelectorAll(".cx-band")) {
    const s = getComputedStyle(e, "::before");
    if (!parseFloat(s.borderTopWidth) || !e.textContent.trim()) faults.push("a band without an edge or a word");
  }
  for (const e of document.querySelectorAll("button, input:not([type=hidden]), select, textarea")) {
    const s = getComputedStyle(e.matches(".govuk-checkboxes__input, .govuk-radios__input") ? e.nextElementSibling : e, e.matches(".govuk-checkboxes__input, .govuk-radios__input") ? "::before" : null);
    if (!parseFloat(s.borderTopWidth) && !parseFloat(s.outlineWidth)) faults.push(`no frame: ${e.tagName} ${e.id}`);
  }
  return faults.slice(0, 5);
}

// Colours of text and ground: the page keeps its own when the reader's system is dark.
export function colours() {
  return [...document.querySelectorAll("body, h1, a, p, th, td, input, select, button, textarea")].slice(0, 300).map((e) => {
    const s = getComputedStyle(e);
    return `${e.tagName} ${s.color} ${s.backgroundColor}`;
  }).join("\n");
}

// What of the tables must be found on paper: headings, and the last cell of the last row. A blank is a line for the pen, without words.
export function tables() {
  return [...document.querySelectorAll("main table")].map((t) => ({ id: t.id, texts: [...t.querySelectorAll("thead th"), t.querySelector("tbody tr:last-child > :last-child")]
    .filter((c) => c?.getClientRects().length).map((c) => c.querySelector(".cx-fill") ? "" : c.innerText.replace(/\s+/g, "")) }));
}
