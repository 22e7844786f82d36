// Bundles every slice's *.page.js and Platform/Look/site.css into wwwroot. Run by the build.
import { build } from "esbuild";
import { readdirSync, mkdirSync, rmSync, copyFileSync } from "node:fs";
import { join, basename } from "node:path";

const server = join(import.meta.dirname, "..", "..");
const out = join(server, "wwwroot");
const passedOver = new Set(["node_modules", "wwwroot", "bin", "obj"]);

function find(folder, ending) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return passedOver.has(entry.name) ? [] : find(join(folder, entry.name), ending);
    return entry.name.endsWith(ending) ? [join(folder, entry.name)] : [];
  });
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "js"), { recursive: true });
const pages = find(server, ".page.js");
await build({
  entryPoints: Object.fromEntries(pages.map((file) => [basename(file, ".page.js"), file])),
  bundle: true, minify: true, format: "esm", splitting: true, chunkNames: "part-[hash]",
  outdir: join(out, "js"), nodePaths: [join(import.meta.dirname, "node_modules")],
  loader: { ".png": "dataurl", ".svg": "text" }, target: "es2022", logLevel: "warning",
});
await build({
  entryPoints: [join(import.meta.dirname, "site.css")],
  bundle: true, minify: true, outdir: join(out, "css"), nodePaths: [join(import.meta.dirname, "node_modules")],
  loader: { ".png": "dataurl", ".woff": "file", ".woff2": "file", ".svg": "dataurl" }, logLevel: "warning",
});
copyFileSync(join(import.meta.dirname, "favicon.svg"), join(out, "favicon.svg"));
