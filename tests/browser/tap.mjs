// Lines of TAP. A fault is a text or a list; none of it is "ok".
let passed = 0, failed = 0;
const started = Date.now();

export function test(name, fault) {
  const told = [fault].flat().filter(Boolean);
  told.length ? failed++ : passed++;
  console.log(`${told.length ? "not ok" : "ok"} ${passed + failed} ${name.replaceAll("#", "\\#")}`);
  for (const line of told.slice(0, 8)) console.log(`#   ${String(line).replace(/\s+/g, " ").slice(0, 600)}`);
  if (told.length > 8) console.log(`#   and ${told.length - 8} more`);
}

export function figure(text) {
  console.log(`# figure: ${text}`);
}

export function plan() {
  figure(`${((Date.now() - started) / 1000).toFixed(0)} s`);
  console.log(`1..${passed + failed}`);
  return failed ? 1 : 0;
}
