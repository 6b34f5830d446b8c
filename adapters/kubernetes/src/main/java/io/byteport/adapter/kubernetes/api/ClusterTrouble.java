package io.byteport.adapter.kubernetes.api;

import io.byteport.engine.spi.Inventory.Entry;
import io.byteport.engine.spi.NetworkFailure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says of a cluster that cannot be watched what does not work, where, why, and what to do. Pure.
 *
 * @param named whether the inventory names the cluster; else it is the one that kubectl would use
 * @param server the address of its API
 */
public record ClusterTrouble(String cluster, boolean named, String server) {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  static ClusterTrouble of(Entry entry, String server) {
    String address = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    return new ClusterTrouble(entry.name(), !entry.settings().isEmpty(), address);
  }

  /** Nothing was heard, or what was heard is no answer. */
  public String of(Throwable failure) {
    KubernetesClientException said = find(failure, KubernetesClientException.class);
    if (said != null && said.getCode() > 0) {
      String words = said.getStatus() == null ? null : said.getStatus().getMessage();
      return answered(said.getCode(), words);
    }
    return where()
        + " cannot be reached: "
        + NetworkFailure.words(failure)
        + "; "
        + (named ? "" : "say under `connections` which cluster is meant, or ")
        + advice(failure);
  }

  /**
   * It refuses.
   *
   * @param words its own; null where there are none
   */
  public String answered(int status, @Nullable String words) {
    String said = words == null || words.isBlank() ? "" : ": " + words.strip();
    return switch (status) {
      case UNAUTHORIZED ->
          where()
              + " does not know who asks (401)"
              + said
              + "; check the credentials in its kubeconfig, or the service account of the pod";
      case FORBIDDEN ->
          where()
              + " does not allow it (403)"
              + said
              + "; `byteport rbac` prints the rights that runbooks need";
      default -> where() + " answered " + status + said;
    };
  }

  private String where() {
    return named
        ? "the cluster `" + cluster + "` at " + server
        : "the cluster that kubectl would use, " + server + ",";
  }

  private static String advice(Throwable failure) {
    if (NetworkFailure.isNameless(failure)) {
      return "check the address in its kubeconfig, and that this machine can resolve it";
    }
    if (find(failure, HttpTimeoutException.class) != null) {
      return "check what stands between this machine and it";
    }
    if (find(failure, SSLException.class) != null) {
      return "check `certificate-authority` in its kubeconfig";
    }
    if (find(failure, ConnectException.class) != null) {
      return "check that its API runs there, and the port in its kubeconfig";
    }
    return "check its kubeconfig; it is tried again by itself";
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      at = at.getCause();
    }
    return null;
  }
}
