#!/usr/bin/env bash
# How quick an editor's language server is while a runbook is typed: from a keystroke to its findings, and
# from a question to its completions, in a folder of 1, 100 and 1,000 runbooks and in one of about 2,000
# lines; beside yaml-language-server with our exported schema, driven by the same client on the same files.
#
#   bench/lsp.sh [-k KEYSTROKES] [-n "FILES..."]
#
# Prints a Markdown table: medians and 95th percentiles in milliseconds, and the server's resident memory
# at the end. Needs bash and node; yaml-language-server is installed into a temporary folder, and left out
# where there is no npm or no registry.
set -euo pipefail

usage() {
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
  exit 2
}

keystrokes=200 sizes='1 100 1000'
while getopts k:n: option; do
  case $option in
    k) keystrokes=$OPTARG ;;
    n) sizes=$OPTARG ;;
    *) usage ;;
  esac
done
[[ $keystrokes =~ ^[1-9][0-9]*$ && $((OPTIND - 1)) -eq $# ]] || usage
command -v node >/dev/null || { echo "needs node" >&2; exit 2; }

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
server=${BYTEPORT_LSP:-"$home/byteport lsp"}
[[ -n ${BYTEPORT_LSP:-} ]] || "$home/byteport" --version >/dev/null
schema=${BYTEPORT_SCHEMA:-"$home/byteport schema"}
$schema >"$work/schema.json"

other=
if command -v npm >/dev/null && (cd "$work" && npm install --silent --no-fund --no-audit yaml-language-server@1.19.2 >"$work/npm.log" 2>&1); then
  other="$work/node_modules/.bin/yaml-language-server --stdio"
else
  echo "yaml-language-server is left out: it cannot be installed" >&2
fi

printf '| server | folder | to findings p50 | p95 | completion p50 | p95 | MiB |\n|---|---|---:|---:|---:|---:|---:|\n'
measure() { # LABEL FOLDER FILE
  node "$home/bench/lsp.mjs" "byteport lsp" "$1" "$2" "$3" "$keystrokes" "" $server
  [[ -z $other ]] || node "$home/bench/lsp.mjs" "yaml-language-server" "$1" "$2" "$3" "$keystrokes" "$work/schema.json" $other
}
for size in $sizes; do
  "$home/bench/runbooks.sh" "$size" "$work/$size"
  mkdir "$work/$size/.git"
  measure "$size runbooks" "$work/$size" "$work/$size/runbook00001.yaml"
done

# One long runbook: computed facts, each of one before, until it has about 2,000 lines.
mkdir -p "$work/long/.git"
"$home/bench/runbooks.sh" 1 "$work/long"
awk '{ print }
  /^diagnose:/ { for (i = 1; i <= 560; i++) {
    printf "  extra%d:\n    value: replicas1 > %d and replicas1 < %d\n    doc: the extra fact number %d\n", i, i, i + 100, i } }' \
  "$work/long/runbook00001.yaml" >"$work/long/long.yaml"
rm "$work/long/runbook00001.yaml"
measure "one of $(wc -l <"$work/long/long.yaml") lines" "$work/long" "$work/long/long.yaml"
