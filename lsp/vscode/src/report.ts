/** What `byteport test --output json` prints; lines count from 1. */
export interface TestReport {
  readonly holds: boolean;
  readonly files: readonly TestedFile[];
}

export interface TestedFile {
  readonly file: string;
  readonly holds: boolean;
  readonly findings: readonly Finding[];
  readonly cases: readonly TestedCase[];
}

/** What stands in a report about one case; without `holds` it was not played. */
export interface TestedCase {
  readonly name: string;
  readonly line: number;
  readonly skipped?: string;
  readonly holds?: boolean;
  readonly milliseconds?: number;
  readonly ending?: string;
  readonly mismatches?: readonly Mismatch[];
  readonly explanation?: string;
}

export interface Mismatch {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly line: number;
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

/** A regular expression that finds exactly these names of cases. */
export function exactly(names: readonly string[]): string {
  return `^(?:${names.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|")})$`;
}

/** The object or list that a command printed; fails with what it said instead, where it printed none. */
export function parsed<T>(ended: { readonly stdout: string; readonly stderr: string }): T {
  try {
    return JSON.parse(ended.stdout) as T;
  } catch {
    throw new Error(ended.stderr.trim() || ended.stdout.trim() || "byteport said nothing");
  }
}
