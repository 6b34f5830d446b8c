import * as vscode from "vscode";
import { page, type WorkspaceFindings } from "./findings";
import type { FlowView } from "./flow";
import { LANGUAGE } from "./language";
import type { Program } from "./program";
import { listed, parsed, type Finding, type Told } from "./report";
import type { Server } from "./server";
import type { Tests } from "./tests";

/** What the commands work on. */
export interface Parts {
  readonly program: Program;
  readonly server: Server;
  readonly tests: Tests;
  readonly findings: WorkspaceFindings;
  readonly flow: FlowView;
  readonly output: vscode.LogOutputChannel;
}

/** The commands of the palette. What one fails with is shown. */
export function registerCommands(parts: Parts): vscode.Disposable {
  const commands: Record<string, () => Promise<void>> = {
    "byteport.validateWorkspace": () => validateWorkspace(parts),
    "byteport.testWorkspace": () => parts.tests.runAll(),
    "byteport.explainWithFixture": () => explainWithFixture(parts),
    "byteport.explainAsText": () => explainAsText(parts),
    "byteport.showFlow": async () => parts.flow.show(active()),
    "byteport.showDiagnosticPage": () => showDiagnosticPage(),
    "byteport.restartServer": () => parts.server.restart(),
    "byteport.showOutput": async () => parts.output.show(true),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, command]) =>
      vscode.commands.registerCommand(name, async () => {
        try {
          await command();
        } catch (failure) {
          void vscode.window.showErrorMessage(`BytePort: ${failure instanceof Error ? failure.message : String(failure)}`);
        }
      }),
    ),
  );
}

async function validateWorkspace({ program, findings }: Parts): Promise<void> {
  const found: Finding[] = [];
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: "BytePort: validating" },
    async () => {
      for (const folder of vscode.workspace.workspaceFolders ?? []) {
        const ended = await program.run(["validate", "--output", "json", folder.uri.fsPath], folder.uri.fsPath);
        found.push(...parsed<Finding[]>(ended));
      }
    },
  );
  findings.show(found);
  if (found.length === 0) {
    void vscode.window.showInformationMessage("BytePort: everything is valid");
  } else {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  }
}

/** From now on shows, beside each rule, what it comes to in a case of a test that is chosen; or no longer. */
async function explainWithFixture(parts: Parts): Promise<void> {
  const chosen = await choose(parts, { none: true });
  if (chosen !== undefined) {
    const told = await parts.server.execute<Told>("byteport.explainWith", [chosen]);
    vscode.window.setStatusBarMessage(told.trouble || told.decision || "", 10_000);
  }
}

/** What is decided about a case of a test, and why, as text. */
async function explainAsText(parts: Parts): Promise<void> {
  const chosen = await choose(parts);
  if (chosen !== undefined) {
    await showText(await parts.server.execute<Told>("byteport.explain", [chosen]));
  }
}

/** Shows what an explanation says, beside what it is about. */
export async function showText(told: Told): Promise<void> {
  const content = told.text || told.trouble;
  const document = await vscode.workspace.openTextDocument({ content, language: "plaintext" });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
}

/** What the server is asked about, of the cases that the workspace has; those of the runbook itself, if there are. */
async function choose({ program }: Parts, nothing?: { none: true }): Promise<object | undefined> {
  const document = active();
  const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri;
  const listing = await program.run(["test", "--list", "--color=never", "."], folder?.fsPath);
  const cases = listed(listing.stdout).map((one) => {
    const test = folder === undefined ? vscode.Uri.file(one.file) : vscode.Uri.joinPath(folder, one.file);
    return {
      label: one.name,
      description: one.file,
      test: test.fsPath,
      ask: { uri: document.uri.toString(), test: test.toString(), case: one.name } as object,
    };
  });
  const base = document.uri.fsPath.replace(/(\.test)?\.ya?ml$/, "");
  const near = cases.filter((one) => one.test.startsWith(`${base}.test.`));
  const shown = near.length > 0 ? near : cases;
  const off = nothing === undefined ? [] : [{ label: "$(close) None", description: "", test: "", ask: nothing }];
  const chosen = await vscode.window.showQuickPick([...off, ...shown], {
    title: "Explain what is decided about",
    matchOnDescription: true,
  });
  return chosen?.ask;
}

/** The page about the finding under the cursor; of several, the one that is chosen. */
async function showDiagnosticPage(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const here = editor?.selection.active;
  const codes = new Set(
    editor === undefined || here === undefined
      ? []
      : vscode.languages
          .getDiagnostics(editor.document.uri)
          .filter((one) => one.source === LANGUAGE && one.range.contains(here))
          .map((one) => String(typeof one.code === "object" ? one.code.value : one.code)),
  );
  const code =
    codes.size === 1
      ? [...codes][0]
      : codes.size > 1
        ? await vscode.window.showQuickPick([...codes], { title: "Explain which finding?" })
        : await vscode.window.showInputBox({ title: "Explain which finding?", placeHolder: "BP-EXPR-005" });
  if (code !== undefined && code !== "") {
    await vscode.commands.executeCommand("markdown.showPreview", page(code.trim().toUpperCase()));
  }
}

function active(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== LANGUAGE) {
    throw new Error("open one of BytePort's files first");
  }
  return document;
}
