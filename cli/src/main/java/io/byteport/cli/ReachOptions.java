package io.byteport.cli;

import io.byteport.adapter.kubernetes.api.SecretsInClusters;
import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.connection.ConnectionLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import io.byteport.engine.connection.InventoryMaker;
import io.byteport.engine.connection.SecretSources;
import io.byteport.engine.journal.KnownSecrets;
import io.byteport.engine.spi.ClusterSecrets;
import io.byteport.engine.spi.Inventory;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command may touch: the entries of files, and the cluster that options name. */
final class ReachOptions {
  private static final String VARIABLE = "BYTEPORT_CONNECTIONS";

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--connections",
      paramLabel = "FILE",
      description = {
        "What may be reached: databases, hosts, clusters, accounts, with where their secrets are"
            + " kept. A file of kind Connections, or an agent's configuration. May be repeated.",
        "Default: the files in $BYTEPORT_CONNECTIONS. A cluster that --kubeconfig or --context"
            + " names takes the place of those in files."
      })
  private List<Path> files = new ArrayList<>();

  /**
   * Reads the files; no secret is read, and nothing is reached. What is unsafe about where secrets
   * are kept is printed.
   *
   * @throws UsageException if a file cannot be read or has errors
   */
  Reach open(ActionCatalogue catalogue, Terminal terminal) {
    Map<String, String> environment = System.getenv();
    List<Connection> connections = read(chosen(environment), catalogue);
    warnings(connections)
        .forEach(warning -> terminal.err().println("byteport: warning: " + warning));
    terminal.err().flush();
    return reach(connections, cluster.inventory(), environment);
  }

  private List<Path> chosen(Map<String, String> environment) {
    return files.isEmpty()
        ? Stream.of(environment.getOrDefault(VARIABLE, "").split(File.pathSeparator))
            .filter(file -> !file.isEmpty())
            .map(Path::of)
            .toList()
        : files;
  }

  private static List<Connection> read(List<Path> files, ActionCatalogue catalogue) {
    List<SourceFile> sources = new ArrayList<>();
    for (Path file : files) {
      Checked<SourceFile> source = SourceReader.read(file);
      sources.add(
          source
              .value()
              .orElseThrow(
                  () ->
                      new UsageException(
                          Language.print(source.diagnostics(), false).stripTrailing())));
    }
    Checked<List<Connection>> loaded = ConnectionLoader.load(sources, catalogue.connections());
    return loaded
        .value()
        .orElseThrow(
            () -> new UsageException(Language.print(loaded.diagnostics(), false).stripTrailing()));
  }

  /** Each once: several entries may share a file. */
  private static Set<String> warnings(List<Connection> connections) {
    Set<String> warnings = new TreeSet<>();
    connections.stream()
        .flatMap(one -> one.secrets().values().stream())
        .map(SecretSources::warning)
        .flatMap(Optional::stream)
        .forEach(warnings::add);
    return warnings;
  }

  /** Secrets may be kept in a cluster that is itself one of the entries. */
  private static Reach reach(
      List<Connection> connections, Inventory named, Map<String, String> environment) {
    KnownSecrets known = new KnownSecrets();
    SecretSources outside = new SecretSources(environment, ClusterSecrets.NONE, known::add);
    SecretsInClusters clusters =
        new SecretsInClusters(joined(named, InventoryMaker.make(clustersOf(connections), outside)));
    SecretSources sources = new SecretSources(environment, clusters, known::add);
    return new Reach(joined(named, InventoryMaker.make(connections, sources)), known, clusters);
  }

  private static List<Connection> clustersOf(List<Connection> connections) {
    return connections.stream().filter(one -> one.kind().equals(ClusterOptions.KIND)).toList();
  }

  private static Inventory joined(Inventory named, Inventory ofFiles) {
    boolean replaced = !named.entries().isEmpty();
    List<Inventory.Entry> entries = new ArrayList<>(named.entries());
    ofFiles.entries().stream()
        .filter(entry -> !replaced || !entry.kind().equals(ClusterOptions.KIND))
        .forEach(entries::add);
    return new Inventory(entries);
  }
}
