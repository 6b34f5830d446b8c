// Bundles the extension, and what its page about a flow draws with, into out/.
import { copyFile } from "node:fs/promises";
import { build } from "esbuild";

const common = { bundle: true, minify: true, legalComments: "linked", logLevel: "warning" };

await build({
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

await copyFile("node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js", "out/mermaid.js");
