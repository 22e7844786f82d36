// Bundles every slice's *.page.js, Platform/Look/site.css and the icons our pages name into wwwroot. Run by the build.
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync, mkdirSync, rmSync, copyFileSync, existsSync } from "node:fs";
import { join, basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { purge, wordsOf } from "./purge.mjs";

const look = dirname(fileURLToPath(import.meta.url));
const server = join(look, "..", "..");
const modules = join(look, "node_modules");
const out = join(server, "wwwroot");
const passedOver = new Set(["node_modules", "wwwroot", "bin", "obj"]);

function find(folder, ...endings) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return passedOver.has(entry.name) ? [] : find(join(folder, entry.name), ...endings);
    return endings.some((e) => entry.name.endsWith(e)) ? [join(folder, entry.name)] : [];
  });
}

const read = (file) => readFileSync(file, "utf8");
const sources = find(server, ".razor", ".cs", ".js").map(read);

/** One sprite of the Tabler outline icons whose names stand in quotes somewhere in the sources. */
function icons() {
  const folder = join(modules, "@tabler", "icons", "icons", "outline");
  const quoted = new Set(sources.flatMap((text) => [...text.matchAll(/"([a-z][a-z0-9-]+)"/g)].map((m) => m[1])));
  const symbols = [...quoted].sort().filter((name) => existsSync(join(folder, `${name}.svg`))).map((name) => {
    const inner = read(join(folder, `${name}.svg`)).replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace("</svg>", "").replace(/<path stroke="none"[^>]*>/, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, "").trim()}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

const onlyWhatIsUsed = {
  name: "purge",
  setup(b) {
    b.onLoad({ filter: /tabler\.min\.css$/ }, ({ path }) => ({ contents: purge(read(path), wordsOf(sources), find(server, ".css").map(read).join("")), loader: "css" }));
  },
};

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "js"), { recursive: true });
const pages = find(server, ".page.js");
await build({
  entryPoints: Object.fromEntries(pages.map((file) => [basename(file, ".page.js"), file])),
  bundle: true, minify: true, format: "esm",
  outdir: join(out, "js"), nodePaths: [modules],
  loader: { ".png": "dataurl", ".svg": "text" }, target: "es2022", logLevel: "warning",
});
await build({
  entryPoints: [join(look, "site.css")],
  bundle: true, minify: true, outdir: join(out, "css"), nodePaths: [modules], plugins: [onlyWhatIsUsed],
  loader: { ".png": "dataurl", ".woff": "file", ".woff2": "file", ".svg": "dataurl" }, logLevel: "warning",
});
writeFileSync(join(out, "icons.svg"), icons());
copyFileSync(join(look, "favicon.svg"), join(out, "favicon.svg"));
