// A client that types into one document and waits for what the server says, as an editor does.
//   node lsp.mjs LABEL FOLDER-LABEL FOLDER FILE KEYSTROKES SCHEMA COMMAND...
// One line of a Markdown table. SCHEMA is handed to servers that ask for configuration of YAML; '' for none.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [label, place, folder, file, count, schema, ...command] = process.argv.slice(2);
const keystrokes = Number(count);
const uri = pathToFileURL(file).href;
const server = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'ignore'] });
server.on('error', (failed) => {
  console.log(`| ${label} | ${place} | did not run: ${failed.message} | | | | |`);
  process.exit(1);
});

let buffer = Buffer.alloc(0);
let next = 1;
const answers = new Map();
let published = () => {};
server.stdout.on('data', (chunk) => {
  buffer = Buffer.concat([buffer, chunk]);
  for (;;) {
    const end = buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end).toString())[1]);
    if (buffer.length < end + 4 + length) return;
    const message = JSON.parse(buffer.subarray(end + 4, end + 4 + length).toString());
    buffer = buffer.subarray(end + 4 + length);
    receive(message);
  }
});

function send(message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function receive(message) {
  if (message.method === 'textDocument/publishDiagnostics') {
    if (message.params.uri === uri) published(message.params);
  } else if (message.method === 'workspace/configuration') {
    const yaml = { schemas: { [pathToFileURL(schema || '/none').href]: '*.yaml' }, completion: true, validate: true };
    send({ id: message.id, result: message.params.items.map((item) => (item.section === 'yaml' ? yaml : null)) });
  } else if (message.method && message.id !== undefined) {
    send({ id: message.id, result: null });
  } else if (message.id !== undefined) {
    answers.get(message.id)?.(message.result);
    answers.delete(message.id);
  }
}

function ask(method, params) {
  const id = next++;
  return new Promise((resolve) => {
    answers.set(id, resolve);
    send({ id, method, params });
  });
}

const tell = (method, params) => send({ method, params });
const nextPublished = () => new Promise((resolve) => { published = resolve; });
const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

const giveUp = setTimeout(() => {
  console.log(`| ${label} | ${place} | no answer within five minutes | | | | |`);
  server.kill('SIGKILL');
  process.exit(1);
}, 300_000);

await ask('initialize', {
  processId: process.pid,
  rootUri: pathToFileURL(folder).href,
  workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'bench' }],
  capabilities: {
    workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
    textDocument: { publishDiagnostics: { versionSupport: true }, completion: { completionItem: { snippetSupport: true } } },
  },
});
tell('initialized', {});
tell('workspace/didChangeConfiguration', { settings: {} });

const text = readFileSync(file, 'utf8');
const lines = text.split('\n');
let line = lines.findIndex((one, i) => i > 0 && /^\s+(- )?when: /.test(one) && lines.slice(0, i).some((two) => two.startsWith('classify:')));
const open = nextPublished();
tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
await open;
await pause(3000);

// The condition of the first rule: one letter more is an unknown name, one less is sound again.
const column = lines[line].indexOf('when: ') + 'when: '.length;
let version = 1;
async function type(change) {
  version++;
  const mine = version;
  const start = performance.now();
  const told = new Promise((resolve) => {
    published = (params) => { if (params.version === undefined || params.version >= mine) resolve(); };
  });
  tell('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
  await told;
  return performance.now() - start;
}
const findings = [];
const completions = [];
const warm = Math.min(200, keystrokes);
for (let i = 0; i < keystrokes + warm; i++) {
  const insert = { range: { start: { line, character: column }, end: { line, character: column } }, text: 'z' };
  const remove = { range: { start: { line, character: column }, end: { line, character: column + 1 } }, text: '' };
  const one = await type(insert);
  const asked = performance.now();
  const answer = await ask('textDocument/completion', { textDocument: { uri }, position: { line, character: column + 1 } });
  const done = performance.now() - asked;
  const two = await type(remove);
  if (i >= warm) {
    findings.push(one, two);
    completions.push(done);
  }
  if (i === 0 && process.env.BENCH_VERBOSE) console.error(label, place, JSON.stringify(answer)?.slice(0, 300));
}
let memory = '';
try {
  // the process itself, or the one that a shell in between has started
  const { execSync } = await import('node:child_process');
  const pids = execSync(`ps -o pid= --ppid ${server.pid} || true`).toString().split(/\s+/).filter(Boolean).concat(String(server.pid));
  const sizes = pids.map((pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0));
  memory = Math.round(Math.max(...sizes) / 1024);
} catch {
  memory = '?';
}
clearTimeout(giveUp);
findings.sort((a, b) => a - b);
completions.sort((a, b) => a - b);
const told = (sorted, part) => at(sorted, part).toFixed(1);
console.log(`| ${label} | ${place} | ${told(findings, 0.5)} | ${told(findings, 0.95)} | ${told(completions, 0.5)} | ${told(completions, 0.95)} | ${memory} |`);
server.kill();
process.exit(0);
