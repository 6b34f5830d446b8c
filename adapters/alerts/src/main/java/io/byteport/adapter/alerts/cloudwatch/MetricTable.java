package io.byteport.adapter.alerts.cloudwatch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The signals that metrics stand for: thirteen that are known by namespace and name, and for any
 * other the words in the metric's name. Pure.
 */
final class MetricTable {
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("AWS/EC2 CPUUtilization", "host.cpu_high"),
          Map.entry("AWS/EC2 StatusCheckFailed", "service_unavailable"),
          Map.entry("AWS/RDS FreeStorageSpace", "database.disk_pressure"),
          Map.entry("AWS/RDS DatabaseConnections", "db_too_many_connections"),
          Map.entry("AWS/RDS ReplicaLag", "replication_lag"),
          Map.entry("AWS/Lambda Errors", "application_error.error_rate_spike"),
          Map.entry("AWS/ApplicationELB HTTPCode_Target_5XX_Count", "service.elevated_5xx"),
          Map.entry("AWS/ApplicationELB UnHealthyHostCount", "service_unavailable"),
          Map.entry("AWS/ECS MemoryUtilization", "memory_pressure"),
          Map.entry("AWS/CertificateManager DaysToExpiry", "ssl_cert_expiring"),
          Map.entry("CWAgent disk_used_percent", "disk_pressure"),
          Map.entry("CWAgent mem_used_percent", "memory_pressure"),
          Map.entry("ContainerInsights pod_number_of_container_restarts", "pod_crashloop"));

  /** In the order in which they are looked for. */
  private static final List<Map.Entry<String, String>> WORDS =
      List.of(
          Map.entry("cpu", "host.cpu_high"),
          Map.entry("5xx", "service.elevated_5xx"),
          Map.entry("memory", "memory_pressure"),
          Map.entry("memused", "memory_pressure"),
          Map.entry("disk", "disk_pressure"),
          Map.entry("filesystem", "disk_pressure"),
          Map.entry("storagespace", "disk_pressure"),
          Map.entry("daystoexpiry", "ssl_cert_expiring"),
          Map.entry("certificate", "ssl_cert_expiring"),
          Map.entry("restart", "pod_crashloop"),
          Map.entry("replicalag", "replication_lag"),
          Map.entry("replicationlag", "replication_lag"),
          Map.entry("errors", "application_error.error_rate_spike"),
          Map.entry("errorrate", "application_error.error_rate_spike"));

  private MetricTable() {}

  /**
   * The signal; null where nothing says so.
   *
   * @param name of the alarm, which speaks where there is no metric
   */
  static @Nullable String signal(@Nullable String namespace, @Nullable String metric, String name) {
    String known = KNOWN.get(namespace + " " + metric);
    return known == null ? byWords(metric == null ? name : metric) : known;
  }

  private static @Nullable String byWords(String name) {
    String text = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "");
    return WORDS.stream()
        .filter(word -> text.contains(word.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(null);
  }
}
