package io.byteport.adapter.alerts.pagerduty;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which signal an incident is, by words of its service and its title; the first that fits. An
 * incident in which no word says more is a {@code service_unavailable} where it is urgent, and else
 * no signal. Pure.
 */
enum Heuristics {
  DATABASE_DISK(
      "database.disk_pressure",
      "(db|database|databases|postgres|postgresql|mysql|mariadb|rds|mongo|mongodb)",
      "(disk|storage|volume|space|inode|inodes|filesystem)"),
  CRASH_LOOP(
      "pod_crashloop", "(crashloop|crashlooping|crashloopbackoff|crash loop|crash looping)", ""),
  CERTIFICATE("ssl_cert_expiring", "(cert|certs|certificate|certificates|ssl|tls|x509)", ""),
  DEPLOY("deploy_failure", "(deploy|deploys|deployment|release|rollout)", ""),
  ERRORS("application_error.error_rate_spike", "(error rate|exception rate|exceptions|5xx)", ""),
  CPU("host.cpu_high", "(cpu|load average|high load)", ""),
  DISK("host.disk_pressure", "(disk|disks|filesystem|inode|inodes)", ""),
  MEMORY("host.memory_pressure", "(memory|mem|oom|swap)", "");

  private final String signal;
  private final Pattern first;
  private final @Nullable Pattern second;

  Heuristics(String signal, String first, String second) {
    this.signal = signal;
    this.first = words(first);
    this.second = second.isEmpty() ? null : words(second);
  }

  private static Pattern words(String choice) {
    return Pattern.compile("(^| )" + choice + "( |$)");
  }

  static @Nullable String signal(String service, String title, boolean urgent) {
    String text =
        (service + " " + title).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ").strip();
    for (Heuristics rule : values()) {
      if (rule.first.matcher(text).find()
          && (rule.second == null || rule.second.matcher(text).find())) {
        return rule.signal;
      }
    }
    return urgent ? "service_unavailable" : null;
  }
}
