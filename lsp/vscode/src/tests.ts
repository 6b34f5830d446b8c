import * as path from "node:path";
import * as vscode from "vscode";
import type { Program } from "./program";
import { listed, type Played, type PlayedCase } from "./report";
import type { Server } from "./server";

/** The server's command that plays tests, with what is typed but not saved. */
export const RUN_TESTS = "byteport.runTests";

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
    private readonly server: Server,
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

  /** Shows what somebody else has had played, such as a lens above a rule. */
  async show(played: Played): Promise<void> {
    await this.list();
    const run = this.controller.createTestRun(new vscode.TestRunRequest());
    for (const one of played.cases) {
      const item = this.controller.items.get(one.uri)?.children.get(identity(one.uri, one.name));
      if (item !== undefined) {
        tell(item, one, run);
      }
    }
    run.end();
  }

  private later(): void {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => void this.list(), SETTLED_MILLISECONDS);
  }

  private async list(token?: vscode.CancellationToken): Promise<void> {
    const files: vscode.TestItem[] = [];
    try {
      for (const folder of vscode.workspace.workspaceFolders ?? []) {
        const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, PATTERN), null, undefined, token);
        if (found.length > 0) {
          const root = folder.uri.fsPath;
          const ended = await this.program.run(["test", "--list", "--color=never", "."], root, token);
          const items = this.items(root, ended.stdout);
          const playable = new Set(items.map((item) => item.id));
          files.push(...items, ...this.kept(found.filter((uri) => !playable.has(uri.toString()))));
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
      const item = this.controller.createTestItem(identity(uri.toString(), one.name), one.name, uri);
      item.range = line(one.line);
      item.sortText = String(one.line).padStart(8, "0");
      file.children.add(item);
    }
    return [...files.values()];
  }

  /** Of files that cannot be played as they are, or whose runbook cannot, the cases that they had. */
  private kept(files: readonly vscode.Uri[]): vscode.TestItem[] {
    return files.flatMap((uri) => this.controller.items.get(uri.toString()) ?? []);
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
    const all = cases.length === file.children.size;
    const asked = all ? [{ uri: file.id }] : cases.map((item) => ({ uri: file.id, case: item.label }));
    const waiting = new Set(cases);
    const why: string[] = [];
    for (const ask of asked) {
      try {
        const played = await this.server.execute<Played>(RUN_TESTS, [ask], token);
        why.push(...(played.trouble === "" ? [] : [played.trouble]), ...played.findings);
        for (const one of played.cases) {
          const item = file.children.get(identity(one.uri, one.name));
          if (item !== undefined && waiting.delete(item)) {
            tell(item, one, run);
          }
        }
      } catch (failure) {
        why.push(failure instanceof Error ? failure.message : String(failure));
      }
    }
    if (!token.isCancellationRequested) {
      const messages = (why.length > 0 ? why : ["this case was not played"]).map((one) => new vscode.TestMessage(one));
      waiting.forEach((item) => run.errored(item, messages));
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

function identity(uri: string, name: string): string {
  return `${uri}#${name}`;
}

function tell(item: vscode.TestItem, played: PlayedCase, run: vscode.TestRun): void {
  switch (played.verdict) {
    case "passed":
      run.passed(item, played.milliseconds);
      break;
    case "failed":
      run.failed(item, messages(played), played.milliseconds);
      break;
    case "skipped":
      run.skipped(item);
      break;
  }
  if (played.ending !== "") {
    run.appendOutput(`${item.label}\r\n  ${played.ending}\r\n`, undefined, item);
  }
}

function messages(played: PlayedCase): vscode.TestMessage[] {
  const uri = vscode.Uri.parse(played.uri);
  return played.messages.map(({ message, range: { start, end } }) => {
    const told = new vscode.TestMessage(message);
    told.location = new vscode.Location(
      uri,
      new vscode.Range(start.line, start.character, end.line, end.character),
    );
    return told;
  });
}
