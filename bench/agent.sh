#!/usr/bin/env bash
# What a whole agent does: how long it takes from its start until it is ready, what memory it has when idle,
# how many signals a second its webhook takes durably, and how long it is from a signal to the first look.
#
#   bench/agent.sh [-n SIGNALS] [-l LOOKS] [-r STARTS]
#
# Who sends the signals is on the same machine. Builds the tests of the program first, with Maven.
set -euo pipefail

usage() {
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
  exit 2
}

signals=50000 looks=300 starts=5
while getopts n:l:r: option; do
  case $option in
    n) signals=$OPTARG ;;
    l) looks=$OPTARG ;;
    r) starts=$OPTARG ;;
    *) usage ;;
  esac
done
[[ $signals =~ ^[1-9][0-9]{2,}$ && $looks =~ ^[1-9][0-9]+$ && $starts =~ ^[1-9][0-9]*$ && $((OPTIND - 1)) -eq $# ]] || usage

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
port=18973

echo "load: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime)"

# Ready, and idle: the whole library, a webhook, nothing to reach.
start() {
  local began=${EPOCHREALTIME/[.,]/} pid
  rm -rf "$work/state"
  cat >"$work/agent.yaml" <<YAML
apiVersion: byteport.io/v1
kind: Agent
listen: 127.0.0.1:$port
store: { folder: $work/state }
sources:
  alertmanager: { type: alertmanager, webhook: /webhooks/alertmanager }
YAML
  "$home/byteport" agent --config "$work/agent.yaml" 2>"$work/log" &
  pid=$!
  until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null 2>&1; do
    kill -0 "$pid" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.02
  done
  local ready=$(((${EPOCHREALTIME/[.,]/} - began) / 1000))
  local spent
  spent=$(awk '{ print ($14 + $15) * 10 }' "/proc/$pid/stat")
  sleep 10
  printf 'ready after %d ms, %d ms of processor time, %d MiB resident when idle, %d threads\n' "$ready" "$spent" \
    $(($(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status") / 1024)) \
    "$(awk '/^Threads/ { print $2 }' "/proc/$pid/status")"
  kill "$pid"
  wait "$pid" || true
}
"$home/byteport" --version >/dev/null
start >/dev/null # builds the cache, once
for ((i = 0; i < starts; i++)); do start; done

(
  cd "$home"
  mvn -q -pl cli -am -DskipTests test-compile \
    dependency:build-classpath -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test
)
modules=
for classes in "$home"/*/target/classes "$home"/adapters/*/target/classes; do
  modules=$modules:$classes
done
cd "$home/cli"
java -XX:+UseSerialGC -Xmx1g -cp "$home/cli/target/test-classes$modules:$(<"$work/classpath")" \
  io.byteport.cli.AgentBench "$work" "$signals" "$looks"
