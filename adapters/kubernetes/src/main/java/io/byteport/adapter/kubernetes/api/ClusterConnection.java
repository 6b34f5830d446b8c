package io.byteport.adapter.kubernetes.api;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory.Entry;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.BackwardsCompatibilityInterceptor;
import io.fabric8.kubernetes.client.utils.Utils;
import java.io.File;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the client of a cluster from its entry in the inventory. Settings: {@code kubeconfig} (a
 * file), {@code context}, {@code namespaces} (separated by commas; what lies elsewhere is refused).
 * Without a kubeconfig, as kubectl does: KUBECONFIG, ~/.kube/config, the service account of the
 * pod, whose token is read again when it was exchanged.
 */
final class ClusterConnection {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REQUEST_MILLIS = 30_000;

  /** Where the client looks for a cluster if nothing says where one is. */
  private static final String NOWHERE = "https://kubernetes.default.svc/";

  private ClusterConnection() {}

  /** Reads configuration, and does not connect. */
  static ClusterApi open(Entry entry) throws ActionException {
    // A repeated PATCH would be a second change. The requests of actions are sent once, whatever
    // comes back.
    KubernetesClient once = usable(entry, configured(entry, 0));
    WatchHealth health = new WatchHealth(ClusterTrouble.of(entry, once.getMasterUrl().toString()));
    return new ClusterApi(once, () -> watching(entry, health), health, namespaces(entry));
  }

  /** The files that a configuration names are read here. */
  private static KubernetesClient usable(Entry entry, Config config) throws ActionException {
    try {
      return client(config, null);
    } catch (KubernetesClientException unreadable) {
      throw unusable(entry, ApiFailures.words(unreadable), unreadable);
    }
  }

  /** A client that asks twice, since only then it tells its interceptors of failed connections. */
  private static KubernetesClient watching(Entry entry, WatchHealth health) {
    try {
      Config config = configured(entry, 1);
      config.setOnlyHttpWatches(true);
      return client(config, health);
    } catch (ActionException e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
  }

  private static Config configured(Entry entry, int retries) throws ActionException {
    Config config = config(entry, entry.text("context").orElse(null));
    config.setUserAgent("byteport");
    config.setRequestRetryBackoffLimit(retries);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setRequestTimeout(REQUEST_MILLIS);
    return config;
  }

  private static KubernetesClient client(Config config, @Nullable Interceptor interceptor) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new JdkHttpClientFactory())
        .withHttpClientBuilderConsumer(
            http -> {
              // It answers a 404 by sending the request again, to another version of the API.
              http.addOrReplaceInterceptor(BackwardsCompatibilityInterceptor.NAME, null);
              if (interceptor != null) {
                http.addOrReplaceInterceptor(WatchHealth.NAME, interceptor);
              }
            })
        .build();
  }

  private static Config config(Entry entry, @Nullable String context) throws ActionException {
    @Nullable String file = entry.text("kubeconfig").orElse(null);
    Config config;
    try {
      if (file == null) {
        config = Config.autoConfigure(context);
      } else {
        if (!new File(file).isFile()) {
          throw unusable(entry, "there is no file " + file, null);
        }
        config = Config.fromKubeconfig(context, new File(file));
      }
    } catch (RuntimeException unreadable) {
      throw unusable(entry, ApiFailures.words(unreadable), unreadable);
    }
    // The client takes the file's current context where it does not find the one asked for.
    if (context != null
        && (config.getCurrentContext() == null
            || !context.equals(config.getCurrentContext().getName()))) {
      throw unusable(entry, "its configuration has no context `" + context + "`", null);
    }
    if (file != null && config.getCurrentContext() == null) {
      throw unusable(entry, "no context is selected in " + file, null);
    }
    if (config.getCurrentContext() == null && !isAccount(config)) {
      throw unusable(entry, whyNoAccount(config), null);
    }
    return config;
  }

  /** Whether it says who we are, or somebody has said where the cluster is. */
  private static boolean isAccount(Config config) {
    return Stream.of(
                config.getAutoOAuthToken(),
                config.getOauthToken(),
                config.getUsername(),
                config.getClientCertFile(),
                config.getClientCertData())
            .anyMatch(Objects::nonNull)
        || (!isPods(config) && !config.getMasterUrl().equals(NOWHERE));
  }

  private static boolean isPods(Config config) {
    String host = Utils.getSystemPropertyOrEnvVar(Config.KUBERNETES_SERVICE_HOST_PROPERTY);
    return host != null && config.getMasterUrl().contains(host);
  }

  private static String whyNoAccount(Config config) {
    return isPods(config)
        ? "this pod has no token of a service account; have one mounted"
            + " (`automountServiceAccountToken: true`), or enter a `kubeconfig`"
        : "there is no kubeconfig (KUBECONFIG, ~/.kube/config), and this is not a pod with a"
            + " service account; enter a `kubeconfig`";
  }

  private static ActionException unusable(Entry entry, String why, @Nullable Throwable cause) {
    return new ActionException(
        FailureKind.UNREACHABLE,
        ActionException.Effect.NONE,
        "cannot use the cluster `" + entry.name() + "`: " + why,
        cause);
  }

  private static Set<String> namespaces(Entry entry) {
    return entry.texts("namespaces").stream()
        .flatMap(names -> Arrays.stream(names.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }
}
