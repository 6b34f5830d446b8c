#!/usr/bin/env bash
# How fast runbooks are checked: one file from the shell, and many in one process, beside what other
# tools do with the same files.
#
#   bench/validate.sh [-n FILES] [-r RUNS]
#
# Prints a Markdown table: wall time (median of RUNS), files a second and peak resident memory. Needs
# bash and GNU time. The tools to compare with are installed into a temporary folder; where there is no
# node and npm, or no registry, they are left out and the table says why.
set -euo pipefail

usage() {
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
  exit 2
}

files=1000 runs=5
while getopts n:r: option; do
  case $option in
    n) files=$OPTARG ;;
    r) runs=$OPTARG ;;
    *) usage ;;
  esac
done
[[ $files =~ ^[1-9][0-9]*$ && $runs =~ ^[1-9][0-9]*$ && $((OPTIND - 1)) -eq $# ]] || usage
command time -f %M true 2>/dev/null >&2 || { echo "needs GNU time" >&2; exit 2; }

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$home/bench/runbooks.sh" "$files" "$work/runbooks"
one=$work/runbooks/runbook00001.yaml
schema=$home/dsl-schema/src/main/resources/byteport/schema/runbook.schema.json
"$home/byteport" --version >/dev/null

# row LABEL NUMBER COMMAND...: a line of the table
row() {
  local label=$1 number=$2 status times=() peak=0 seconds memory
  shift 2
  for ((i = 0; i < runs; i++)); do
    status=0
    command time -q -f '%e %M' -o "$work/time" "$@" >"$work/out" 2>&1 </dev/null || status=$?
    [[ $status -lt 2 ]] || { printf '| %s | %d | did not run: %s | | |\n' "$label" "$number" "$(head -n 1 "$work/out")"; return; }
    read -r seconds memory < <(tail -n 1 "$work/time")
    times+=("$seconds")
    [[ $memory -le $peak ]] || peak=$memory
  done
  printf '%s\n' "${times[@]}" | sort -n |
    awk -v label="$label" -v number="$number" -v peak="$peak" '{ t[NR] = $1 }
      END { m = t[int((NR + 1) / 2)]
            printf "| %s | %d | %.2f | %d | %d |\n", label, number, m, number / (m > 0 ? m : 0.01), peak / 1024 }'
}

printf '| tool | files | seconds | files/s | peak MiB |\n|---|---:|---:|---:|---:|\n'
row '`byteport validate`, everything' 1 "$home/byteport" validate "$one"
row '`byteport validate`, everything' "$files" "$home/byteport" validate "$work/runbooks"

# JSON Schema alone in Java: the library that we build on, as it comes
lib=$home/cli/target/lib
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
if command -v "$javac" >/dev/null && "$javac" -proc:none -nowarn -d "$work/classes" -cp "$lib/*" \
  "$home/dsl-schema/src/test/java/io/byteport/dsl/schema/SchemaAlone.java" 2>"$work/javac.log"; then
  for path in "$one" "$work/runbooks"; do
    row '`networknt` on Java, syntax and schema' "$([[ -d $path ]] && echo "$files" || echo 1)" \
      "${javac%javac}java" -cp "$work/classes:$lib/*" io.byteport.dsl.schema.SchemaAlone "$schema" "$path"
  done
else
  echo "(no javac for \`SchemaAlone\`: JSON Schema alone in Java is left out)"
fi

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "(no node and npm here: their validators are left out)"
elif ! (cd "$work" && npm install --silent --no-audit --no-fund --prefix "$work/npm" \
  yaml@2 ajv@8 >"$work/npm.log" 2>&1); then
  echo "(npm could not install yaml and ajv: their validators are left out)"
else
  cat >"$work/npm/ajv.mjs" <<'JS'
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import Ajv from 'ajv/dist/2020.js';
const [mode, schemaFile, path] = process.argv.slice(2);
const files = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
const validate =
  mode === 'schema' ? new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(schemaFile, 'utf8'))) : null;
let bad = 0;
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  if (validate === null) {
    bad += parseDocument(text).errors.length > 0 ? 1 : 0;
  } else {
    bad += validate(parse(text)) ? 0 : 1;
  }
}
console.log(`${files.length} files, ${bad} bad`);
process.exit(bad > 0 ? 1 : 0);
JS
  for what in "syntax:\`yaml\` on node, syntax alone" "schema:\`yaml\` and \`ajv\` on node, syntax and schema"; do
    row "${what#*:}" 1 node "$work/npm/ajv.mjs" "${what%%:*}" "$schema" "$one"
    row "${what#*:}" "$files" node "$work/npm/ajv.mjs" "${what%%:*}" "$schema" "$work/runbooks"
  done
fi
