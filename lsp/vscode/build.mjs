// Bundles the extension, and what its page about a flow draws with, into out/, with the licences of what is bundled.
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const MERMAID = "node_modules/@mermaid-js/tiny";
const common = { bundle: true, minify: true, logLevel: "warning", metafile: true };

const extension = await build({
  ...common,
  entryPoints: ["src/extension.ts"],
  outfile: "out/extension.js",
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
});

await build({
  ...common,
  entryPoints: ["src/webview/flow.mjs"],
  outfile: "out/flow.js",
  platform: "browser",
  target: "es2022",
  format: "iife",
});

await copyFile(`${MERMAID}/dist/mermaid.tiny.js`, "out/mermaid.js");

/** The folders of the packages that a bundle holds. */
function packages({ inputs }) {
  const found = Object.keys(inputs).map((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  return [...new Set(found.filter((folder) => folder !== undefined))].sort();
}

const notices = [];
for (const folder of [...packages(extension.metafile), MERMAID]) {
  const { name, version } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const licence = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
  if (licence === undefined) {
    throw new Error(`${name} has no licence beside it`);
  }
  notices.push(`${name} ${version}\n\n${await readFile(`${folder}/${licence}`, "utf8")}`);
}
await writeFile("out/third-party.txt", notices.join(`\n${"-".repeat(80)}\n\n`));
