#!/usr/bin/env bash
# What it costs to write everything down before it matters: incidents from end to end, single entries,
# and incidents that wait.
#
#   bench/durable.sh [-n INCIDENTS] [-r ROUNDS] [-w WAITING]
#
# Runs on an embedded database and on a PostgreSQL that is started for it, without fsync and with it.
# Builds the tests of the engine first, with Maven.
set -euo pipefail

usage() {
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
  exit 2
}

incidents=5000 rounds=4 waiting=10000
while getopts n:r:w: option; do
  case $option in
    n) incidents=$OPTARG ;;
    r) rounds=$OPTARG ;;
    w) waiting=$OPTARG ;;
    *) usage ;;
  esac
done
[[ $incidents =~ ^[1-9][0-9]*$ && $waiting =~ ^[1-9][0-9]*$ && $rounds =~ ^[1-9][0-9]*$ && $((OPTIND - 1)) -eq $# ]] || usage

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(
  cd "$home"
  mvn -q -pl engine -am -DskipTests test-compile \
    dependency:build-classpath -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test
)
echo '<configuration><root level="WARN"/></configuration>' >"$work/logback-test.xml"
classpath=$work:$home/engine/target/test-classes:$home/engine/target/classes:$home/dsl-schema/target/classes:$(<"$work/classpath")

bench() {
  java -XX:+UseSerialGC -Xmx1g -cp "$classpath" -Djava.io.tmpdir="$work" "io.byteport.engine.$1" "${@:2}" 2>"$work/err" ||
    { cat "$work/err" >&2; return 1; }
}

echo "load: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime)"
for store in embedded postgres; do
  bench bench.IncidentsBench "$incidents" "$store" "$rounds"
  bench journal.AppendBench 2000 "$store"
done
bench bench.IncidentsBench "$incidents" postgres-fsync "$rounds"
bench bench.WaitingBench "$waiting"
