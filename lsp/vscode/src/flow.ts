import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { LANGUAGE } from "./language";

/** A diagram in Mermaid's language, or why there is none. */
export type Drawing = { readonly diagram: string } | { readonly trouble: string };

/** Where the diagram of a document comes from. */
export type Diagrams = (document: vscode.TextDocument) => Promise<Drawing>;

/** How long nothing must have been typed before the flow is drawn again. */
const SETTLED_MILLISECONDS = 400;

/** The flow of the runbook that is being edited, beside it: drawn again as it changes. */
export class FlowView implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private shown: vscode.TextDocument | undefined;
  private pending: NodeJS.Timeout | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly extension: vscode.Uri,
    private readonly diagrams: Diagrams,
  ) {
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.shown) {
          this.later();
        }
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (this.panel !== undefined && editor?.document.languageId === LANGUAGE) {
          this.follow(editor.document);
        }
      }),
    ];
  }

  show(document: vscode.TextDocument): void {
    if (this.panel === undefined) {
      this.panel = this.open();
    } else {
      this.panel.reveal(undefined, true);
    }
    this.follow(document);
  }

  private open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(
      "byteport.flow",
      "Flow",
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(this.extension, "out")], retainContextWhenHidden: true },
    );
    panel.webview.onDidReceiveMessage(() => this.later());
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.shown = undefined;
      clearTimeout(this.pending);
    });
    panel.webview.html = page(panel.webview, this.extension);
    return panel;
  }

  private follow(document: vscode.TextDocument): void {
    this.shown = document;
    if (this.panel !== undefined) {
      this.panel.title = `Flow of ${vscode.workspace.asRelativePath(document.uri)}`;
    }
    this.later();
  }

  private later(): void {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => void this.draw(), SETTLED_MILLISECONDS);
  }

  private async draw(): Promise<void> {
    const { panel, shown } = this;
    if (panel !== undefined && shown !== undefined) {
      const drawing = await this.diagrams(shown).catch((failure: unknown) => ({ trouble: String(failure) }));
      if (panel === this.panel && shown === this.shown) {
        await panel.webview.postMessage(drawing);
      }
    }
  }

  dispose(): void {
    clearTimeout(this.pending);
    this.panel?.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

function page(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64");
  const script = (name: string): string =>
    `<script nonce="${nonce}" src="${String(webview.asWebviewUri(vscode.Uri.joinPath(extension, "out", name)))}"></script>`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy"
    content="default-src 'none'; script-src 'nonce-${nonce}'; style-src 'unsafe-inline'; img-src data:; font-src data:">
  <title>Flow</title>
  <style>#flow svg { max-width: 100%; height: auto; } #trouble { white-space: pre-wrap; }</style>
</head>
<body>
  <p id="trouble"></p>
  <div id="flow"></div>
  ${script("mermaid.js")}
  ${script("flow.js")}
</body>
</html>`;
}
