// What of a line is coloured as what, by the grammar with YAML's own beneath it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

const require = createRequire(import.meta.url);
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");
const here = (path) => new URL(path, import.meta.url);

const OURS = {
  "source.byteport": here("../syntaxes/byteport.tmLanguage.json"),
  "source.yaml": new URL(`file://${require.resolve("tm-grammars/grammars/yaml.json")}`),
};

await oniguruma.loadWASM((await readFile(require.resolve("vscode-oniguruma/release/onig.wasm"))).buffer);
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) => {
    const file = OURS[scope];
    return file === undefined ? null : textmate.parseRawGrammar(await readFile(file, "utf8"), file.pathname);
  },
});
const grammar = await registry.loadGrammar("source.byteport");

/** The scopes of every character of a text. */
function characters(text) {
  let state = textmate.INITIAL;
  return text.split("\n").flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    const ofLine = [...line].map(() => []);
    for (const token of tokens) {
      ofLine.fill(token.scopes, token.startIndex, Math.min(token.endIndex, line.length));
    }
    return [...ofLine, []];
  });
}

/** The scopes that all characters of the first such piece of a text, a word where it is one, have in common. */
function scopesOf(text, piece) {
  const at = /^\w+$/.test(piece) ? text.search(new RegExp(`\\b${piece}`)) : text.indexOf(piece);
  assert.ok(at >= 0, `${piece} in ${text}`);
  const [first, ...others] = characters(text).slice(at, at + piece.length);
  return first.filter((scope) => others.every((scopes) => scopes.includes(scope)));
}

function is(text, expected) {
  for (const [piece, scope] of Object.entries(expected)) {
    assert.ok(scopesOf(text, piece).includes(scope), `${piece} in ${text}: ${scopesOf(text, piece).join(" ")}`);
  }
}

function isYaml(text, piece) {
  const at = text.indexOf(piece);
  assert.ok(at >= 0, `${piece} in ${text}`);
  for (const scopes of characters(text).slice(at, at + piece.length)) {
    assert.ok(!scopes.some((scope) => /(expression|template|operator|function).*byteport$/.test(scope)), `${piece} in ${text}: ${scopes.join(" ")}`);
  }
}

test("a condition is an expression", () => {
  is('      when: killedForMemory and pod.restarts >= 30 or not any(result, $.name ~= "^api")', {
    when: "entity.name.tag.yaml",
    killedForMemory: "variable.other.readwrite.byteport",
    and: "keyword.operator.word.byteport",
    restarts: "variable.other.property.byteport",
    ">=": "keyword.operator.comparison.byteport",
    30: "constant.numeric.byteport",
    any: "support.function.byteport",
    $: "variable.language.byteport",
    "~=": "keyword.operator.comparison.byteport",
    "^api": "string.quoted.double.byteport",
  });
});

test("quantities are numbers with their unit", () => {
  is("until: used < 80% and age(seen) > 15s and free > 256Mi", {
    "80%": "constant.numeric.byteport",
    "15s": "constant.numeric.byteport",
    "256Mi": "constant.numeric.byteport",
  });
});

test("an entry of a list may begin with a condition", () => {
  const text = "steps:\n  - when: count(dependencies) == 0\n    escalate: The log names no endpoint";
  is(text, { count: "support.function.byteport", escalate: "entity.name.tag.yaml" });
  isYaml(text, "The log names no endpoint");
});

test("an expression goes on over lines that stand deeper, and ends with them", () => {
  for (const style of ["", ">-\n      ", "|\n      "]) {
    const text = `  - class: a\n    when: ${style}used > 1\n      and free < 2\n    because: and so on`;
    is(text, { free: "variable.other.readwrite.byteport", because: "entity.name.tag.yaml" });
    isYaml(text, "and so on");
  }
});

test("an expression in quotes ends with them, and has quotes of its own", () => {
  const double = 'when: "signal.type == \\"oom\\"  and ready"  # why';
  is(double, { ready: "variable.other.readwrite.byteport", oom: "string.quoted.double.byteport" });
  const single = "when: 'not ready and phase == \"Running\"'\nother: not this";
  is(single, { ready: "variable.other.readwrite.byteport", Running: "string.quoted.double.byteport" });
  isYaml(single, "not this");
});

test("a comment ends an expression", () => {
  is("when: ready  # and not this", { ready: "variable.other.readwrite.byteport" });
  is("when: ready  # and not this", { "# and not this": "comment.line.number-sign.yaml" });
});

test("a template has expressions in braces, wherever text may stand", () => {
  for (const text of [
    'because: The image ${join(images, ", ")} is away',
    "because: 'The image ${join(images, \", \")} is away'",
    'because: "The image ${join(images, \\", \\")} is away"',
    'because: >-\n  The image\n  ${join(images, ", ")} is away',
    'x: { because: "The image ${join(images, \\", \\")} is away" }',
  ]) {
    is(text, { "${": "punctuation.section.embedded.begin.byteport", join: "support.function.byteport" });
    isYaml(text, " is away");
  }
});

test("a comment holds no expression", () => {
  is("# when: ready and ${set}", { "when: ready and ${set}": "comment.line.number-sign.yaml" });
});

test("other keys are YAML's", () => {
  isYaml("title: and or not", "and or not");
  isYaml("whenever: and or not", "and or not");
});
