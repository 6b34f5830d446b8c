import type { ChildProcessWithoutNullStreams } from "node:child_process";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  ExecuteCommandRequest,
  LanguageClient,
  State,
  type ExecuteCommandParams,
  type LanguageClientOptions,
  type Middleware,
} from "vscode-languageclient/node";
import { LANGUAGE } from "./language";
import { NotFound, type Program } from "./program";

/** What the status bar tells of the server. */
export type Health =
  | { readonly kind: "stopped" }
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly version: string }
  | { readonly kind: "failed"; readonly why: string };

const STOPPED: Health = { kind: "stopped" };

/** A server that ends this often within this time is not started again. */
const RESTARTS = 4;
const WITHIN_MILLISECONDS = 3 * 60_000;
const KEPT_LINES = 20;

/** The language server: one process, started when the first document of ours is met. */
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private starting: Promise<void> | undefined;
  private ends: number[] = [];
  private lastWords: string[] = [];
  private current: Health = STOPPED;
  private readonly changes = new vscode.EventEmitter<Health>();

  readonly onDidChange = this.changes.event;

  constructor(
    private readonly program: Program,
    private readonly output: vscode.LogOutputChannel,
    private readonly middleware: Middleware,
  ) {}

  get health(): Health {
    return this.current;
  }

  /** Starts the server, unless it runs or has failed. */
  async start(): Promise<void> {
    if (this.current.kind === "stopped") {
      this.starting = this.launch();
    }
    await this.starting;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.starting;
    const client = this.client;
    this.client = undefined;
    this.ends = [];
    if (client !== undefined && client.state !== State.Stopped) {
      await client.stop();
    }
    await client?.dispose();
    this.become(STOPPED);
  }

  /** Has the server carry out one of its commands. */
  async execute<T>(command: string, args: readonly unknown[], token?: vscode.CancellationToken): Promise<T> {
    await this.start();
    if (this.client === undefined) {
      throw new Error("the server of BytePort does not run");
    }
    const asked: ExecuteCommandParams = { command, arguments: [...args] };
    const answer: unknown = await (token === undefined
      ? this.client.sendRequest(ExecuteCommandRequest.type, asked)
      : this.client.sendRequest(ExecuteCommandRequest.type, asked, token));
    return answer as T;
  }

  dispose(): void {
    void this.stop().finally(() => this.changes.dispose());
  }

  private async launch(): Promise<void> {
    this.become({ kind: "starting" });
    this.lastWords = [];
    const client = new LanguageClient(LANGUAGE, "BytePort", () => this.spawn(), this.options());
    this.client = client;
    try {
      await client.start();
      this.become({ kind: "running", version: client.initializeResult?.serverInfo?.version ?? "" });
    } catch (failure) {
      await this.fail(failure);
    }
  }

  private async spawn(): Promise<ChildProcessWithoutNullStreams> {
    const child = await this.program.start(["lsp"]);
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (said: string) => {
      this.lastWords = [...this.lastWords, ...said.split(/\r?\n/).filter((line) => line.trim() !== "")].slice(
        -KEPT_LINES,
      );
    });
    return child;
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: [
        { language: LANGUAGE, scheme: "file" },
        { language: LANGUAGE, scheme: "untitled" },
      ],
      outputChannel: this.output,
      middleware: this.middleware,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: (_failure, _message, count) => ({
          action: (count ?? 0) <= RESTARTS ? ErrorAction.Continue : ErrorAction.Shutdown,
          handled: true,
        }),
        closed: () => this.closed(),
      },
    };
  }

  private closed(): { action: CloseAction; handled: boolean } {
    if (this.current.kind !== "running") {
      return { action: CloseAction.DoNotRestart, handled: true };
    }
    const now = Date.now();
    this.ends = [...this.ends.filter((end) => now - end < WITHIN_MILLISECONDS), now];
    if (this.ends.length > RESTARTS) {
      void this.fail(new Error(`the server ended ${this.ends.length} times within three minutes`));
      return { action: CloseAction.DoNotRestart, handled: true };
    }
    return { action: CloseAction.Restart, handled: true };
  }

  /** Tells what went wrong in the program's own words where it said any, and what to do. */
  private async fail(failure: unknown): Promise<void> {
    const said = this.lastWords.filter((line) => line.startsWith("byteport: "));
    const why =
      failure instanceof NotFound
        ? `${failure.message}. Install it, or say where it is.`
        : said.length > 0
          ? said.join(" ").replaceAll("byteport: ", "")
          : failure instanceof Error
            ? failure.message
            : String(failure);
    this.become({ kind: "failed", why });
    const choices = failure instanceof NotFound || /java/i.test(why) ? ["Settings", "Output"] : ["Restart", "Output"];
    const chosen = await vscode.window.showErrorMessage(`BytePort: ${why}`, ...choices);
    switch (chosen) {
      case "Settings":
        await vscode.commands.executeCommand("workbench.action.openSettings", "byteport.");
        break;
      case "Output":
        this.output.show(true);
        break;
      case "Restart":
        await this.restart();
        break;
      default:
    }
  }

  private become(health: Health): void {
    this.current = health;
    this.changes.fire(health);
  }
}
