#!/usr/bin/env bash
# Writes runbooks for measurements: variants of the library's runbook for crash loops, each with names,
# signals and thresholds of its own. The same number always gives the same files.
#
#   bench/runbooks.sh NUMBER FOLDER
set -euo pipefail

if [[ $# -ne 2 || ! $1 =~ ^[1-9][0-9]*$ ]]; then
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
  exit 2
fi
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$2"

awk -v number="$1" -v folder="$2" '
  BEGIN {
    # What gets a number behind it: everything that this runbook names itself.
    count = split("crashloopbackoff_v2 crashloopbackoff container_restart_threshold_exceeded pod_not_ready_oom " \
      "liveness_probe_failure readiness_probe_failure memoryFactor memoryCeiling startupWindow healthyStartup " \
      "dependencyTimeout stableFor killedByProbe killedForMemory imagePullFailed missingConfig probedDuringStartup " \
      "dependencies newMemoryLimit oom_at_startup image_pull_failure config_error_missing_env " \
      "liveness_probe_misconfigured dependency_not_ready opted_out one_run_per_workload one_rollback_per_hour " \
      "one_memory_bump_per_day memory_ceiling rollback_target_known hands_off raise_memory roll_back audit_config " \
      "loosen_probe hold wait_for_dependencies replicas probeEvents pods_are_ready restarts_are_flat " \
      "probes_are_quiet", name, " ")
    for (i = 1; i <= count; i++) own[name[i]] = 1
  }
  /^  supersedes:/ { next }
  {
    line = ""
    rest = $0
    while (match(rest, /[A-Za-z_][A-Za-z0-9_]*/)) {
      word = substr(rest, RSTART, RLENGTH)
      line = line substr(rest, 1, RSTART - 1) word (word in own ? "\001" : "")
      rest = substr(rest, RSTART + RLENGTH)
    }
    line = line rest
    sub(/> 5$/, "> \002", line)
    sub(/restarts >= 30$/, "restarts >= \003", line)
    sub(/tailChars: 2000$/, "tailChars: \004", line)
    lines[++size] = line
  }
  END {
    for (n = 1; n <= number; n++) {
      file = sprintf("%s/runbook%05d.yaml", folder, n)
      for (i = 1; i <= size; i++) {
        line = lines[i]
        if (line ~ /[\001-\004]/) {
          gsub("\001", n, line)
          gsub("\002", 5 + n % 7, line)
          gsub("\003", 30 + n % 11, line)
          gsub("\004", 2000 + n, line)
        }
        print line > file
      }
      close(file)
    }
  }
' "$home/runbooks-yaml/kubernetes/crashloopbackoff_v2.yaml"
