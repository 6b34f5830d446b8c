import * as vscode from "vscode";
import { LANGUAGE } from "./language";
import type { Health, Server } from "./server";

/** How the server is, beside a document of ours. */
export function showStatus(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("byteport.server", { language: LANGUAGE });
  const bar = vscode.window.createStatusBarItem("byteport.status", vscode.StatusBarAlignment.Right, 100);
  item.name = bar.name = "BytePort";

  const show = (health: Health): void => {
    const { text, detail, severity } = told(health);
    item.text = text;
    item.detail = detail;
    item.severity = severity;
    item.busy = health.kind === "starting";
    item.command =
      health.kind === "running"
        ? { command: "byteport.showOutput", title: "Output" }
        : { command: "byteport.restartServer", title: "Restart" };
    bar.text = health.kind === "starting" ? "$(loading~spin) BytePort" : severity === vscode.LanguageStatusSeverity.Error ? "$(error) BytePort" : "$(check) BytePort";
    bar.tooltip = `${text}: ${detail}`;
    bar.command = item.command.command;
    reveal();
  };
  const reveal = (): void => {
    if (vscode.window.activeTextEditor?.document.languageId === LANGUAGE && server.health.kind !== "stopped") {
      bar.show();
    } else {
      bar.hide();
    }
  };
  show(server.health);
  return vscode.Disposable.from(
    item,
    bar,
    server.onDidChange(show),
    vscode.window.onDidChangeActiveTextEditor(reveal),
  );
}

function told(health: Health): { text: string; detail: string; severity: vscode.LanguageStatusSeverity } {
  switch (health.kind) {
    case "stopped":
      return { text: "BytePort", detail: "not started", severity: vscode.LanguageStatusSeverity.Information };
    case "starting":
      return { text: "BytePort", detail: "starting", severity: vscode.LanguageStatusSeverity.Information };
    case "running":
      return {
        text: `BytePort ${health.version}`.trim(),
        detail: "running",
        severity: vscode.LanguageStatusSeverity.Information,
      };
    case "failed":
      return { text: "BytePort", detail: health.why, severity: vscode.LanguageStatusSeverity.Error };
  }
}
