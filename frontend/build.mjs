// Bundles the islands, the style, the fonts and the outlines of countries into src/sacho/web/static.
//   node build.mjs          the page
//   node build.mjs --test   the tests of the pure functions, into build/test.mjs
import { build } from "esbuild";
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

if (process.argv.includes("--test")) {
  await build({
    entryPoints: [join(here, "test/all.test.ts")], bundle: true, platform: "node", format: "esm",
    outfile: join(here, "build/test.mjs"), logLevel: "warning",
  });
} else {
  const out = join(here, "../src/sacho/web/static");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await build({
    entryPoints: { app: join(here, "src/main.ts"), style: join(here, "src/style/all.css") }, bundle: true, minify: true,
    format: "esm", splitting: true, target: "es2022", outdir: out, loader: { ".woff2": "file" }, assetNames: "fonts/[name]-[hash]",
    chunkNames: "part-[hash]", logLevel: "warning", legalComments: "linked",
  });
  writeFileSync(join(out, "countries.json"), JSON.stringify(outlines()));
}

/** Natural Earth outlines (1:50m) with ISO alpha-3 ids, names left out: the server has the Korean ones. */
function outlines() {
  const { numericToAlpha3 } = require("i18n-iso-countries");
  const atlas = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json"), "utf8"));
  for (const shape of atlas.objects.countries.geometries) {
    shape.id = (shape.id && numericToAlpha3(shape.id)) || "";
    delete shape.properties;
  }
  delete atlas.objects.land;
  return atlas;
}
