#!/usr/bin/env bash
# Checks, tests and packages the extension for Visual Studio Code, in a copy: sources stay as they are.
# Argument: the folder for byteport.vsix. Says why, and does nothing, where Node.js 20 or npm is missing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$1

skip() {
  echo "skipped: the extension for Visual Studio Code; $*"
  exit 0
}

command -v node >/dev/null || skip "there is no node on the PATH"
command -v npm >/dev/null || skip "there is no npm on the PATH"
version=$(node --version)
major=${version#v}
[ "${major%%.*}" -ge 20 ] || skip "it needs Node.js 20 or newer, and node is $version"

copy=$target/vscode
rm -rf "$copy/src" "$copy/syntaxes" "$copy/test" "$copy/out"
mkdir -p "$copy"
(cd "$here" && tar cf - --exclude node_modules --exclude out .) | tar xf - -C "$copy"
cp "$here/../../LICENSE" "$copy/LICENSE"

cd "$copy"
# Nothing that comes with a package is run: what is needed is JavaScript, and a bundler that is found where it lies.
if ! npm ci --ignore-scripts --loglevel=error >"$target/npm.log" 2>&1; then
  skip "npm ci failed: $(grep -m 1 'npm error' "$target/npm.log" || tail -n 1 "$target/npm.log")"
fi
npm run --silent test
npm run --silent package -- --out "$target/byteport.vsix"
