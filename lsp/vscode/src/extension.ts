import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { WorkspaceFindings } from "./findings";
import { FlowView } from "./flow";
import { LANGUAGE, LanguageDetection } from "./language";
import { Program } from "./program";
import { Server } from "./server";
import { showStatus } from "./status";
import { Tests } from "./tests";

/** Puts the parts together. The server is started when there is a document for it. */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("BytePort", { log: true });
  const program = new Program();
  const tests = new Tests(program, output);
  const server = new Server(program, output, {
    // What a lens over a test asks for is played, and shown, as what the explorer asks for.
    executeCommand: (command, args: unknown[], next) => next(command, args),
  });
  const flow = new FlowView(context.extensionUri, (document) =>
    server.execute<string>("byteport.flow", [document.uri.toString()]),
  );
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
