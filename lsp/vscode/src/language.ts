import * as vscode from "vscode";

/** The language that this extension gives to what the server understands. */
export const LANGUAGE = "byteport";

/** The lines of YAML that may stand before the version. */
const LOOKED_AT = 200;
const OURS = /^["']?apiVersion["']?\s*:\s*["']?byteport\.io\//;

/**
 * Takes YAML files that are BytePort's, going by their `apiVersion` as the program does, for its language.
 *
 * With a language of their own, they are served by one server: an extension for YAML in general would otherwise
 * answer beside it, with a formatter and findings that know nothing of expressions.
 */
export class LanguageDetection implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];

  /** What was taken once; whoever then chooses another language for it keeps it. */
  private readonly taken = new Set<string>();

  constructor() {
    this.subscriptions.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.contentChanges.some((change) => change.range.start.line < LOOKED_AT)) {
          this.look(event.document);
        }
      }),
      vscode.window.tabGroups.onDidChangeTabs((event) => {
        for (const tab of event.closed) {
          if (tab.input instanceof vscode.TabInputText) {
            this.taken.delete(tab.input.uri.toString());
          }
        }
      }),
    );
    vscode.workspace.textDocuments.forEach((document) => this.look(document));
  }

  private look(document: vscode.TextDocument): void {
    const address = document.uri.toString();
    if (
      document.languageId !== "yaml" ||
      this.taken.has(address) ||
      !vscode.workspace.getConfiguration("byteport").get<boolean>("detectLanguage", true) ||
      !isOurs(document)
    ) {
      return;
    }
    this.taken.add(address);
    void vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

/** Whether a document says that it is BytePort's, near its beginning. */
export function isOurs(document: vscode.TextDocument): boolean {
  const lines = Math.min(document.lineCount, LOOKED_AT);
  for (let line = 0; line < lines; line++) {
    if (OURS.test(document.lineAt(line).text)) {
      return true;
    }
  }
  return false;
}
