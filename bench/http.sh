#!/usr/bin/env bash
# How many signals a second come through a webhook of the agent, and how long one takes, when what
# takes them does nothing.
#
#   bench/http.sh [-n REQUESTS] [-c CONNECTIONS]
#
# The client runs in the same process on the same machine. Builds the tests of the program first, with
# Maven.
set -euo pipefail

usage() {
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
  exit 2
}

requests=50000 connections=16
while getopts n:c: option; do
  case $option in
    n) requests=$OPTARG ;;
    c) connections=$OPTARG ;;
    *) usage ;;
  esac
done
[[ $requests =~ ^[1-9][0-9]*$ && $connections =~ ^[1-9][0-9]*$ && $((OPTIND - 1)) -eq $# ]] || usage

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(
  cd "$home"
  mvn -q -pl cli -am -DskipTests test-compile \
    dependency:build-classpath -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test
)
echo '<configuration><root level="WARN"/></configuration>' >"$work/logback-test.xml"
modules=
for classes in "$home"/*/target/classes "$home"/adapters/*/target/classes; do
  modules=$modules:$classes
done

echo "load: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime)"
cd "$home/cli"
java -XX:+UseSerialGC -Xmx1g -cp "$work:$home/cli/target/test-classes$modules:$(<"$work/classpath")" \
  io.byteport.cli.http.WebhookBench "$requests" "$connections"
