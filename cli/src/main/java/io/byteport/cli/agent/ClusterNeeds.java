package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentConfiguration.Channel;
import io.byteport.dsl.agent.AgentConfiguration.Person;
import io.byteport.dsl.agent.AgentConfiguration.Source;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.KnownSecrets;
import io.byteport.engine.run.Mode;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.spi.Inventory.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an agent needs of a cluster. Where none is named, that is the one that it runs in: the entry
 * of the type {@code kubernetes} without {@code kubeconfig} and {@code context}, or where no
 * cluster is entered the one that the pod stands in. Immutable.
 *
 * @param runbooks that may be started; none where no entry is of that cluster
 * @param changes whether they may change something: in a dry run they only look
 * @param namespaces that runbooks may touch; empty for all
 * @param secrets names of secrets that the configuration refers to, by namespace; the empty one is
 *     the agent's own
 */
public record ClusterNeeds(
    List<CheckedRunbook> runbooks,
    boolean changes,
    List<String> namespaces,
    Map<String, Set<String>> secrets) {

  public ClusterNeeds {
    runbooks = List.copyOf(runbooks);
    namespaces = List.copyOf(namespaces);
    secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
  }

  /**
   * Reads a configuration as an agent does that starts with it.
   *
   * @param cluster the name of its entry; null for the one that the agent runs in
   * @throws StartException if it has errors, or no entry of that name
   */
  public static ClusterNeeds of(
      Path file, @Nullable String cluster, Language language, Map<String, String> environment)
      throws StartException {
    SettingsReader.Read read =
        new SettingsReader(file, language, environment, new KnownSecrets(), new Evaluator())
            .read(null);
    Settings settings = read.settings();
    if (settings == null) {
      throw new StartException(Shelf.print(read.findings()));
    }
    try {
      return of(settings, cluster);
    } finally {
      settings.secrets().close();
    }
  }

  private static ClusterNeeds of(Settings settings, @Nullable String cluster)
      throws StartException {
    List<Entry> clusters = settings.inventory().of("cluster");
    List<Entry> meant =
        clusters.stream()
            .filter(one -> cluster == null ? isOwn(one) : one.name().equals(cluster))
            .toList();
    if (cluster != null && meant.isEmpty()) {
      throw new StartException(
          "the configuration has no cluster `"
              + cluster
              + "`; it has "
              + (clusters.isEmpty()
                  ? "none"
                  : String.join(", ", clusters.stream().map(Entry::name).toList())));
    }
    boolean reached = clusters.isEmpty() || !meant.isEmpty();
    return new ClusterNeeds(
        reached
            ? settings.runbooks().enabled().stream().map(EnabledRunbook::runbook).toList()
            : List.of(),
        settings.mode() == Mode.LIVE,
        meant.stream().findFirst().map(one -> one.texts("namespaces")).orElse(List.of()),
        reached ? secrets(settings.configuration(), meant) : Map.of());
  }

  private static boolean isOwn(Entry cluster) {
    return cluster.text("kubeconfig").isEmpty() && cluster.text("context").isEmpty();
  }

  private static Map<String, Set<String>> secrets(
      AgentConfiguration configuration, List<Entry> meant) {
    Map<String, Set<String>> secrets = new TreeMap<>();
    for (SecretReference reference : references(configuration)) {
      if (reference instanceof SecretReference.InCluster inCluster
          && (inCluster.cluster() == null
              || meant.stream().anyMatch(one -> one.name().equals(inCluster.cluster())))) {
        secrets
            .computeIfAbsent(
                Objects.requireNonNullElse(inCluster.namespace(), ""), any -> new TreeSet<>())
            .add(inCluster.secret());
      }
    }
    return secrets;
  }

  private static List<SecretReference> references(AgentConfiguration configuration) {
    List<SecretReference> all = new ArrayList<>();
    Stream.of(
            configuration.connections().stream(),
            configuration.sources().values().stream().map(Source::entry),
            configuration.channels().values().stream().map(Channel::entry))
        .flatMap(entries -> entries)
        .forEach(entry -> all.addAll(entry.secrets().values()));
    configuration.access().people().values().stream().map(Person::token).forEach(all::add);
    SecretReference password = configuration.store().password();
    if (password != null) {
      all.add(password);
    }
    return all;
  }
}
