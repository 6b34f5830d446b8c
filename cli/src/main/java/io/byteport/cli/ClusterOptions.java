package io.byteport.cli;

import io.byteport.engine.spi.Inventory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kubernetes cluster is meant, in kubectl's words. */
final class ClusterOptions {
  /** What a cluster is called in an inventory. */
  static final String KIND = "cluster";

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "As for kubectl. Default: $KUBECONFIG, else ~/.kube/config, else the pod's own account.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Context of the kubeconfig. Default: its current one.")
  private @Nullable String context;

  /** One cluster, or nothing where the adapter's own rules find it. */
  Inventory inventory() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (kubeconfig != null) {
      if (!java.nio.file.Files.isReadable(kubeconfig)) {
        throw new UsageException("--kubeconfig " + kubeconfig + ": no such file, or not readable");
      }
      settings.put("kubeconfig", kubeconfig.toAbsolutePath().toString());
    }
    if (context != null) {
      settings.put("context", context);
    }
    if (settings.isEmpty()) {
      return Inventory.EMPTY;
    }
    String name = context == null ? "default" : context;
    return new Inventory(List.of(Inventory.Entry.of(KIND, name, settings)));
  }
}
