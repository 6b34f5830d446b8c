package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Which secrets of sources and channels are not where the configuration says, which would else be
 * found out with the first alert. Those that are kept in a cluster are not asked for.
 */
final class MissingSecrets {
  private final Function<SecretReference, Secret> secrets;
  private final List<String> missing = new ArrayList<>();

  private MissingSecrets(Function<SecretReference, Secret> secrets) {
    this.secrets = secrets;
  }

  /** What to tell people of them, none of it secret. */
  static List<String> of(
      AgentConfiguration configuration, Function<SecretReference, Secret> secrets) {
    MissingSecrets looking = new MissingSecrets(secrets);
    configuration.sources().values().forEach(source -> looking.look("source", source.entry()));
    configuration.channels().values().forEach(channel -> looking.look("channel", channel.entry()));
    return List.copyOf(looking.missing);
  }

  private void look(String what, Connection entry) {
    entry
        .secrets()
        .forEach(
            (name, reference) -> {
              if (!(reference instanceof SecretReference.InCluster)) {
                look(
                    "the " + what + " `" + entry.name() + "` lacks its `" + name + "`: ",
                    reference);
              }
            });
  }

  private void look(String lacks, SecretReference reference) {
    try {
      if (secrets.apply(reference).reveal().isBlank()) {
        missing.add(lacks + reference.place() + " is empty");
      }
    } catch (ActionException e) {
      missing.add(lacks + e.reason());
    }
  }
}
