// Makes the style sheets from app.scss and writes them as one C file: plain and compressed, named by the hash of what they hold.
//   node build.mjs NODE_MODULES OUT.c [SCSS…]     SCSS: more sheets that follow app.scss
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET = 10 * 1024; // bytes of a compressed sheet
const here = dirname(fileURLToPath(import.meta.url));
const [modules, out, ...more] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "none.js"));
const sass = require("sass");
const rtlcss = require("rtlcss");

const compile = (path) => sass.compile(path, { loadPaths: [modules, here], style: "compressed", logger: sass.Logger.silent, charset: false }).css;
const ltr = [join(here, "app.scss"), ...more].map(compile).join("");
const sheets = [["app.css", ltr], ["app.rtl.css", rtlcss.process(ltr)]];

const bytes = (data) => [...data].reduce((text, byte, i) => text + (i % 24 ? "" : "\n\t") + byte + ",", "");
let arrays = "", rows = "";
for (const [name, css] of sheets) {
  if (/url\(|@import/.test(css)) throw new Error(`${name} would fetch something: no url() and no @import in style sheets`);
  const plain = Buffer.from(css), gzip = gzipSync(plain, { level: 9 });
  if (gzip.length > BUDGET) throw new Error(`${name} is ${gzip.length} bytes compressed, above the budget of ${BUDGET}: take a component out of app.scss`);
  const id = name.replace(/\W/g, "_"), hash = createHash("sha256").update(plain).digest("hex").slice(0, 16);
  arrays += `static const unsigned char ${id}_plain[] = {${bytes(plain)} };\nstatic const unsigned char ${id}_gzip[] = {${bytes(gzip)} };\n`;
  rows += `\t{ "${name}", "/assets/${name.replace(/css$/, hash)}.css", "text/css; charset=utf-8", ${id}_plain, ${id}_gzip, sizeof ${id}_plain, sizeof ${id}_gzip },\n`;
  console.log(`${name}: ${plain.length} bytes, ${gzip.length} compressed`);
}
writeFileSync(out, `/* Made by tools/assets/build.mjs. */\n#include "web/ui.h"\n\n${arrays}static const struct ui_asset assets[] = {\n${rows}};\n
const struct ui_asset *ui_assets(size_t *count)\n{\n\t*count = sizeof assets / sizeof assets[0];\n\treturn assets;\n}\n`);
