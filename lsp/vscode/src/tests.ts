import * as path from "node:path";
import * as vscode from "vscode";
import { diagnostic } from "./findings";
import type { Program } from "./program";
import { exactly, listed, parsed, type TestedCase, type TestedFile, type TestReport } from "./report";

const PATTERN = "**/*.test.{yaml,yml}";

/** How long after the last of several changes on the disk the cases are listed again. */
const SETTLED_MILLISECONDS = 500;

/** The cases of all `*.test.yaml` of the workspace in the test explorer, as the program lists and plays them. */
export class Tests implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController("byteport.tests", "BytePort");
  private readonly subscriptions: vscode.Disposable[] = [this.controller];
  private pending: NodeJS.Timeout | undefined;

  constructor(
    private readonly program: Program,
    private readonly output: vscode.LogOutputChannel,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(PATTERN);
    const later = (): void => this.later();
    this.subscriptions.push(
      watcher,
      watcher.onDidCreate(later),
      watcher.onDidChange(later),
      watcher.onDidDelete(later),
      vscode.workspace.onDidChangeWorkspaceFolders(later),
      this.controller.createRunProfile(
        "Run",
        vscode.TestRunProfileKind.Run,
        (request, token) => this.run(request, token),
        true,
      ),
    );
    this.controller.refreshHandler = (token) => this.list(token);
    this.controller.resolveHandler = async (item) => {
      if (item === undefined) {
        await this.list();
      }
    };
  }

  /** Plays every case there is. */
  async runAll(): Promise<void> {
    await this.list();
    await this.run(new vscode.TestRunRequest(), new vscode.CancellationTokenSource().token);
  }

  /** Plays the cases of one file, all or those with these names, as a lens above them asks. */
  async runFile(uri: vscode.Uri, names: readonly string[]): Promise<void> {
    await this.list();
    const file = this.controller.items.get(uri.toString());
    if (file === undefined) {
      throw new Error(`${vscode.workspace.asRelativePath(uri)} holds no cases`);
    }
    const asked = names.length === 0 ? [file] : casesOf(file).filter((item) => names.includes(item.label));
    await this.run(new vscode.TestRunRequest(asked), new vscode.CancellationTokenSource().token);
  }

  private later(): void {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => void this.list(), SETTLED_MILLISECONDS);
  }

  private async list(token?: vscode.CancellationToken): Promise<void> {
    const files: vscode.TestItem[] = [];
    try {
      for (const folder of vscode.workspace.workspaceFolders ?? []) {
        const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, PATTERN), undefined, 1, token);
        if (found.length > 0) {
          const root = folder.uri.fsPath;
          const ended = await this.program.run(["test", "--list", "--color=never", "."], root, token);
          files.push(...this.items(root, ended.stdout));
        }
      }
    } catch (failure) {
      this.output.error(`The tests cannot be listed: ${String(failure)}`);
      return;
    }
    this.controller.items.replace(files);
  }

  private items(root: string, output: string): vscode.TestItem[] {
    const files = new Map<string, vscode.TestItem>();
    for (const one of listed(output)) {
      const uri = vscode.Uri.file(path.resolve(root, one.file));
      const file =
        files.get(one.file) ??
        this.controller.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
      files.set(one.file, file);
      const item = this.controller.createTestItem(`${uri.toString()}#${one.name}`, one.name, uri);
      item.range = line(one.line);
      item.sortText = String(one.line).padStart(8, "0");
      file.children.add(item);
    }
    return [...files.values()];
  }

  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.controller.createTestRun(request);
    try {
      for (const [file, cases] of this.chosen(request)) {
        if (token.isCancellationRequested) {
          break;
        }
        cases.forEach((item) => run.started(item));
        await this.play(file, cases, run, token);
      }
    } finally {
      run.end();
    }
  }

  /** The cases that are asked for, by file. */
  private chosen(request: vscode.TestRunRequest): Map<vscode.TestItem, vscode.TestItem[]> {
    const excluded = new Set(request.exclude);
    const chosen = new Map<vscode.TestItem, vscode.TestItem[]>();
    const asked = request.include ?? [...this.controller.items].map(([, file]) => file);
    for (const item of asked) {
      const file = item.parent ?? item;
      const cases = (item.parent === undefined ? casesOf(file) : [item]).filter(
        (one) => !excluded.has(one) && !excluded.has(file),
      );
      chosen.set(file, [...(chosen.get(file) ?? []), ...cases]);
    }
    return chosen;
  }

  private async play(
    file: vscode.TestItem,
    cases: readonly vscode.TestItem[],
    run: vscode.TestRun,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const of = file.uri as vscode.Uri;
    const some = cases.length < file.children.size ? ["--case", exactly(cases.map((item) => item.label))] : [];
    try {
      const ended = await this.program.run(
        ["test", "--output", "json", ...some, of.fsPath],
        path.dirname(of.fsPath),
        token,
      );
      const report = parsed<TestReport>(ended);
      for (const tested of report.files) {
        tell(tested, cases, run);
      }
    } catch (failure) {
      if (!token.isCancellationRequested) {
        const message = new vscode.TestMessage(String(failure instanceof Error ? failure.message : failure));
        cases.forEach((item) => run.errored(item, message));
      }
    }
  }

  dispose(): void {
    clearTimeout(this.pending);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

function casesOf(file: vscode.TestItem): vscode.TestItem[] {
  return [...file.children].map(([, item]) => item);
}

function line(number: number): vscode.Range {
  return new vscode.Range(number - 1, 0, number - 1, 0);
}

/** Tells of one file's cases what its report says; of those that it does not name, that the file has errors. */
function tell(tested: TestedFile, cases: readonly vscode.TestItem[], run: vscode.TestRun): void {
  const results = new Map(tested.cases.map((one) => [one.name, one]));
  const broken = tested.findings.map((finding) => {
    const { message } = diagnostic(finding);
    return new vscode.TestMessage(`${finding.file}:${finding.line}:${finding.column} ${finding.code}: ${message}`);
  });
  for (const item of cases) {
    const result = results.get(item.label);
    if (result === undefined) {
      run.errored(item, broken.length > 0 ? broken : [new vscode.TestMessage("this case was not played")]);
    } else if (result.holds === undefined) {
      run.skipped(item);
    } else if (result.holds) {
      run.passed(item, result.milliseconds);
    } else {
      run.failed(item, messages(item, result), result.milliseconds);
    }
    if (result?.ending !== undefined) {
      run.appendOutput(`${item.label}\r\n  ${result.ending}\r\n`, undefined, item);
    }
  }
}

function messages(item: vscode.TestItem, result: TestedCase): vscode.TestMessage[] {
  return (result.mismatches ?? []).map((mismatch) => {
    const told = vscode.TestMessage.diff(`${mismatch.what} is not as expected`, mismatch.expected, mismatch.found);
    told.location = new vscode.Location(item.uri as vscode.Uri, line(mismatch.line));
    return told;
  });
}
