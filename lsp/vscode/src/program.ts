import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { constants, promises as files } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";

/** What a command printed, and how it ended. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program was not found where it was looked for. */
export class NotFound extends Error {
  constructor(readonly place: string) {
    super(`BytePort was not found: ${place}`);
  }
}

/** The program `byteport`, as the settings have it at the time of each call. */
export class Program {
  /** Starts a command in a folder. Fails with {@link NotFound} where there is no such program. */
  async start(
    args: readonly string[],
    folder: string | undefined = firstFolder(),
  ): Promise<ChildProcessWithoutNullStreams> {
    const command = await this.find();
    const home = setting("javaHome");
    const child = spawn(command, args, {
      cwd: folder,
      env: home === "" ? process.env : { ...process.env, JAVA_HOME: home },
      shell: process.platform === "win32",
      stdio: "pipe",
    });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", (failure) => reject(new Error(`${command}: ${failure.message}`)));
    });
    return child;
  }

  /** Runs a command to its end, unless the token ends it before. */
  async run(args: readonly string[], folder?: string, token?: vscode.CancellationToken): Promise<Ended> {
    const child = await this.start(args, folder);
    const stop = token?.onCancellationRequested(() => child.kill());
    child.stdin.end();
    const [status, stdout, stderr] = await Promise.all([
      new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1))),
      text(child.stdout),
      text(child.stderr),
    ]);
    stop?.dispose();
    return { status, stdout, stderr };
  }

  private async find(): Promise<string> {
    const set = setting("path");
    const candidates = set === "" ? onPath() : [set];
    for (const candidate of candidates) {
      if (await isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new NotFound(set === "" ? "there is no `byteport` on the PATH" : `\`byteport.path\` is ${set}`);
  }
}

/** The folder that is open, the first of several. */
export function firstFolder(): string | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
}

function setting(name: "path" | "javaHome"): string {
  const set = vscode.workspace.getConfiguration("byteport").get<string>(name, "").trim();
  const inFolder = set.replace("${workspaceFolder}", firstFolder() ?? "");
  return inFolder.startsWith("~") ? path.join(homedir(), inFolder.slice(1)) : inFolder;
}

function onPath(): string[] {
  const names = process.platform === "win32" ? ["byteport.cmd", "byteport.bat", "byteport.exe"] : ["byteport"];
  return (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => names.map((name) => path.join(folder, name)));
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await files.access(file, constants.X_OK);
    return (await files.stat(file)).isFile();
  } catch {
    return false;
  }
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) {
    parts.push(Buffer.from(part));
  }
  return Buffer.concat(parts).toString("utf8");
}
