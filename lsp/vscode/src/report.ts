import type { Range } from "vscode-languageclient/node";

/** What the server answers to `byteport.runTests`. */
export interface Played {
  readonly holds: boolean;
  /** Why nothing was played; empty where something was. */
  readonly trouble: string;
  /** What is wrong with files that could not be played. */
  readonly findings: readonly string[];
  readonly cases: readonly PlayedCase[];
}

export interface PlayedCase {
  readonly uri: string;
  readonly name: string;
  readonly range: Range;
  readonly verdict: "passed" | "failed" | "skipped";
  readonly milliseconds: number;
  readonly ending: string;
  readonly messages: readonly { readonly message: string; readonly range: Range }[];
}

/** What the server answers to `byteport.explain`, `byteport.explainWith` and `byteport.flow`. */
export interface Told {
  readonly trouble: string;
  readonly text?: string;
  readonly decision?: string;
  readonly mermaid?: string;
}

/** What `byteport validate --output json` prints for each finding; lines and columns count from 1. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly hint?: string;
}

/** A case as `byteport test --list` prints it. */
export interface ListedCase {
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

const LISTED = /^(.+):(\d+) {2}(.+)$/;

/** The cases in the lines of `byteport test --list`. */
export function listed(output: string): ListedCase[] {
  return output.split(/\r?\n/).flatMap((line) => {
    const [, file, number, name] = LISTED.exec(line) ?? [];
    return file === undefined || number === undefined || name === undefined
      ? []
      : [{ file, line: Number(number), name }];
  });
}

/** The object or list that a command printed; fails with what it said instead, where it printed none. */
export function parsed<T>(ended: { readonly stdout: string; readonly stderr: string }): T {
  try {
    return JSON.parse(ended.stdout) as T;
  } catch {
    throw new Error(ended.stderr.trim() || ended.stdout.trim() || "byteport said nothing");
  }
}
