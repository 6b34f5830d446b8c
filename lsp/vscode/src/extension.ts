import * as vscode from "vscode";
import { registerCommands, showText } from "./commands";
import { WorkspaceFindings } from "./findings";
import { FlowView } from "./flow";
import { LANGUAGE, LanguageDetection } from "./language";
import { Program } from "./program";
import type { Played, Told } from "./report";
import { Server } from "./server";
import { showStatus } from "./status";
import { RUN_TESTS, Tests } from "./tests";

/** Puts the parts together. The server is started when there is a document for it. */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("BytePort", { log: true });
  const program = new Program();
  // What a lens in the text has the server do is shown as what the explorer or a command asks for.
  const server: Server = new Server(program, output, {
    executeCommand: async (command, args: unknown[], next) => {
      const answer: unknown = await next(command, args);
      switch (command) {
        case RUN_TESTS:
          await tests.show(answer as Played);
          break;
        case "byteport.explain":
          await showText(answer as Told);
          break;
        default:
      }
      return answer;
    },
  });
  const tests = new Tests(program, server, output);
  const flow = new FlowView(context.extensionUri, async (document) => {
    const told = await server.execute<Told>("byteport.flow", [{ uri: document.uri.toString() }]);
    return told.mermaid ? { diagram: told.mermaid } : { trouble: told.trouble };
  });
  const findings = new WorkspaceFindings();

  const startFor = (document: vscode.TextDocument): void => {
    if (document.languageId === LANGUAGE) {
      void server.start();
    }
  };
  context.subscriptions.push(
    output,
    tests,
    server,
    flow,
    findings,
    showStatus(server),
    registerCommands({ program, server, tests, findings, flow, output }),
    vscode.workspace.onDidOpenTextDocument(startFor),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("byteport.path") || change.affectsConfiguration("byteport.javaHome")) {
        void server.restart();
      }
    }),
    new LanguageDetection(),
  );
  vscode.workspace.textDocuments.forEach(startFor);
}
