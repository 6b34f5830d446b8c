import * as vscode from "vscode";
import { page, type WorkspaceFindings } from "./findings";
import type { FlowView } from "./flow";
import { LANGUAGE } from "./language";
import type { Program } from "./program";
import { listed, parsed, type Finding } from "./report";
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
    "byteport.explainWithFixture": () => explain(parts),
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

/** What a runbook decides about a case of a test, and why, as text beside it. */
async function explain({ program }: Parts): Promise<void> {
  const document = active();
  await document.save();
  const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath;
  const fixtures = await program.run(["test", "--list", "--color=never", "."], folder);
  const base = document.uri.fsPath.replace(/(\.test)?\.ya?ml$/, "");
  const cases = listed(fixtures.stdout).map((one) => ({
    label: one.name,
    description: one.file,
    file: folder === undefined ? one.file : vscode.Uri.joinPath(vscode.Uri.file(folder), one.file).fsPath,
  }));
  const near = cases.filter((one) => one.file.startsWith(`${base}.test.`));
  const chosen = await vscode.window.showQuickPick(near.length > 0 ? near : cases, {
    title: "Explain what is decided about",
    matchOnDescription: true,
  });
  if (chosen === undefined) {
    return;
  }
  const ended = await program.run(["explain", chosen.file, "--case", chosen.label, "--color=never"], folder);
  const told = await vscode.workspace.openTextDocument({ content: ended.stdout || ended.stderr, language: "plaintext" });
  await vscode.window.showTextDocument(told, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
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
