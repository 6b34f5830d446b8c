import * as vscode from "vscode";
import { LANGUAGE } from "./language";
import type { Finding } from "./report";

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

/** The address of the page about a code, whose text the server has. */
export function page(code: string): vscode.Uri {
  return vscode.Uri.parse(`byteport:/diagnostics/${code}.md`);
}

/** A finding as the editor has it. */
export function diagnostic(finding: Finding): vscode.Diagnostic {
  const told = new vscode.Diagnostic(
    new vscode.Range(finding.line - 1, finding.column - 1, finding.endLine - 1, finding.endColumn - 1),
    finding.hint === undefined ? finding.message : `${finding.message}\n${finding.hint}`,
    SEVERITIES[finding.severity],
  );
  told.source = LANGUAGE;
  told.code = { value: finding.code, target: page(finding.code) };
  return told;
}

/**
 * Findings in files that are closed, from a validation of the whole workspace. What the server says of an open one is
 * newer, so a file that is opened leaves.
 */
export class WorkspaceFindings implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection("byteport workspace");
  private readonly opened = vscode.workspace.onDidOpenTextDocument((document) => this.collection.delete(document.uri));

  /** Shows these, whose paths are absolute, in place of those of before. */
  show(findings: readonly Finding[]): void {
    this.collection.clear();
    const open = new Set(vscode.workspace.textDocuments.map((document) => document.uri.toString()));
    const byFile = new Map<string, Finding[]>();
    for (const finding of findings) {
      byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
    }
    for (const [file, found] of byFile) {
      const uri = vscode.Uri.file(file);
      if (!open.has(uri.toString())) {
        this.collection.set(uri, found.map(diagnostic));
      }
    }
  }

  dispose(): void {
    this.opened.dispose();
    this.collection.dispose();
  }
}
