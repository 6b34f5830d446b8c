package io.byteport.adapter.alerts.reading;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The signals that labels of alerts stand for, where no rule of the configuration decides. In this
 * order: the label {@code byteport_signal}; a name of an alert that is well known; a name that has
 * the form of a signal, such as {@code db_pool_saturated}; the label {@code resource}. Pure.
 */
public final class SignalTable {
  private static final Pattern SIGNAL =
      Pattern.compile("[a-z][a-z0-9]{0,40}([_.][a-z0-9]{1,40}){1,8}");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("DiskSpaceLow", "disk_pressure"),
          Map.entry("HighMemoryUsage", "memory_pressure"),
          Map.entry("PodCrashLooping", "pod_crashloop"),
          Map.entry("CertificateExpiring", "ssl_cert_expiring"),
          Map.entry("HighErrorRate", "application_error.error_rate_spike"),
          Map.entry("KubePodCrashLooping", "pod_crashloop"),
          Map.entry("KubeNodeNotReady", "node_not_ready"),
          Map.entry("KubeNodeUnreachable", "node_not_ready"),
          Map.entry("KubeDeploymentRolloutStuck", "rollout_stuck"),
          Map.entry("KubePersistentVolumeFillingUp", "volume_full"),
          Map.entry("NodeFilesystemAlmostOutOfSpace", "disk_almost_full"),
          Map.entry("NodeFilesystemSpaceFillingUp", "disk_pressure"),
          Map.entry("NodeFilesystemAlmostOutOfFiles", "inode_exhaustion"),
          Map.entry("NodeFilesystemFilesFillingUp", "inode_exhaustion"),
          Map.entry("NodeMemoryHighUtilization", "memory_pressure"),
          Map.entry("NodeCPUHighUsage", "host.cpu_high"));

  private static final Map<String, String> RESOURCES =
      Map.of(
          "disk", "disk_pressure",
          "memory", "memory_pressure",
          "cpu", "host.cpu_high",
          "ssl", "ssl_cert_expiring",
          "cert", "ssl_cert_expiring",
          "db", "database.disk_pressure",
          "pod", "pod_crashloop",
          "deploy", "deploy_failure",
          "error", "application_error.error_rate_spike");

  private SignalTable() {}

  /**
   * The signal; null where the table has nothing.
   *
   * @param name of the alert
   */
  public static @Nullable String of(@Nullable String name, Map<String, String> labels) {
    String named = labels.get("byteport_signal");
    if (named != null && SIGNAL.matcher(named).matches()) {
      return named;
    }
    if (name != null) {
      String known = NAMES.get(name);
      if (known != null) {
        return known;
      }
      if (SIGNAL.matcher(name).matches()) {
        return name;
      }
    }
    return resource(labels.get("resource"));
  }

  /** What a kind of resource in trouble stands for; null where it is not known. */
  public static @Nullable String resource(@Nullable String resource) {
    return resource == null ? null : RESOURCES.get(resource);
  }
}
