#!/usr/bin/env bash
# Start-up time and memory of the byteport command, as a person at a terminal meets them.
#
#   bench/startup.sh [-n RUNS] [RUNBOOK]
#
# Prints a Markdown table: wall time in milliseconds (median, and the fastest and slowest run) and
# peak resident memory in MiB. RUNBOOK is the file to validate; by default the first of runbooks-yaml.
set -euo pipefail

usage() {
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

runs=11
while getopts n: option; do
  case $option in
    n) runs=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[[ $runs =~ ^[1-9][0-9]*$ && $# -le 1 ]] || usage

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
byteport=$home/byteport
if [[ $# -eq 1 ]]; then
  runbook=$1
else
  runbook=$(find "$home/runbooks-yaml" -mindepth 2 -maxdepth 2 -name '*.yaml' \
    ! -name '*.test.yaml' ! -path '*/target/*' | sort | head -n 1)
fi

# The first use builds the program and its start cache: not what is measured here.
"$byteport" --version >/dev/null

# Milliseconds since some fixed moment.
now() {
  local t=${EPOCHREALTIME/[.,]/}
  echo $((t / 1000))
}

# Prints "median fastest slowest" of the wall times of a command, in milliseconds.
wall() {
  local times=() start status
  for ((i = 0; i < runs; i++)); do
    start=$(now) status=0
    "$@" >/dev/null 2>&1 </dev/null || status=$?
    times+=($(($(now) - start)))
    # 1 is a finding: an answer. 2 is not.
    [[ $status -lt 2 ]] || return 1
  done
  printf '%s\n' "${times[@]}" | sort -n |
    awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)], t[1], t[NR] }'
}

# Prints the peak resident memory of a command, in MiB.
memory() {
  local peak=0 seen pid status=0
  if command time -f %M true 2>/dev/null >&2; then
    local report
    report=$(mktemp)
    command time -q -f %M -o "$report" "$@" >/dev/null 2>&1 </dev/null || status=$?
    peak=$(tail -n 1 "$report")
    rm -f "$report"
  elif [[ -r /proc/self/status ]]; then
    "$@" >/dev/null 2>&1 </dev/null &
    pid=$!
    while seen=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null); do
      [[ -z $seen || $seen -le $peak ]] || peak=$seen
      sleep 0.02
    done
    wait "$pid" || status=$?
  else
    return 1
  fi
  [[ $status -lt 2 && $peak -gt 0 ]] || return 1
  echo $(((peak + 512) / 1024))
}

# shellcheck disable=SC2016 # the backticks are Markdown's
row() {
  local label=$1 median fastest slowest peak
  shift
  if read -r median fastest slowest < <(wall "$@"); then
    peak=$(memory "$@") || peak=-
    printf '| `%s` | %d | %d | %d | %s |\n' "$label" "$median" "$fastest" "$slowest" "$peak"
  else
    printf '| `%s` | did not run | | | |\n' "$label"
  fi
}

printf '| command | median ms | fastest ms | slowest ms | peak MiB |\n'
printf '|---|---:|---:|---:|---:|\n'
row 'byteport --version' "$byteport" --version
[[ -z $runbook ]] || row 'byteport validate FILE' "$byteport" validate "$runbook"
runs=1
row 'byteport demo' "$byteport" demo
