#!/usr/bin/env bash
# What it costs to take signals: from a request to durable and told apart, new ones and repeats, and how
# long it takes from a signal to the first look of its run.
#
#   bench/intake.sh [-n SIGNALS] [-r ROUNDS]
#
# Runs on an embedded database and on a PostgreSQL that is started for it, without fsync. Builds the tests
# of the engine first, with Maven.
set -euo pipefail

usage() {
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
  exit 2
}

signals=50000 rounds=3
while getopts n:r: option; do
  case $option in
    n) signals=$OPTARG ;;
    r) rounds=$OPTARG ;;
    *) usage ;;
  esac
done
[[ $signals =~ ^[1-9][0-9]{2,}$ && $rounds =~ ^[1-9][0-9]*$ && $((OPTIND - 1)) -eq $# ]] || usage

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

echo "load: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime)"
for store in embedded postgres; do
  java -XX:+UseSerialGC -Xmx1g -cp "$classpath" -Djava.io.tmpdir="$work" io.byteport.engine.bench.IntakeBench \
    "$signals" "$store" "$rounds" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
done
