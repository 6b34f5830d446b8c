package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.KnownSecrets;
import io.byteport.engine.run.Mode;
import io.byteport.engine.signal.ParamBinder;
import io.byteport.engine.signal.Router;
import io.byteport.engine.spi.Inventory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the configuration of an agent and all that it names. Reads no secret. */
final class SettingsReader {
  private static final String DRY_RUN = "BYTEPORT_RUNBOOK_DRY_RUN";

  private final Path file;
  private final Language language;
  private final Map<String, String> environment;
  private final KnownSecrets known;
  private final Evaluator evaluator;
  private final Shelf.Shipped shipped;

  /**
   * @param known hears every secret that is read because of the configuration
   */
  SettingsReader(
      Path file,
      Language language,
      Map<String, String> environment,
      KnownSecrets known,
      Evaluator evaluator) {
    this.file = file;
    this.language = language;
    this.environment = Map.copyOf(environment);
    this.known = known;
    this.evaluator = evaluator;
    this.shipped = new Shelf.Shipped(language);
  }

  /**
   * What came of a reading.
   *
   * @param settings null where the configuration has errors
   * @param findings all of them, warnings too
   */
  record Read(@Nullable Settings settings, List<Diagnostic> findings) {
    Read {
      findings = List.copyOf(findings);
    }
  }

  Path file() {
    return file;
  }

  /**
   * Reads it as it is now.
   *
   * @param before what held so far; its secrets and its inventory are kept where the connections
   *     are the same. Null for the first time.
   */
  Read read(@Nullable Settings before) {
    Checked<SourceFile> source = SourceReader.read(file);
    SourceFile text = source.valueOrNull();
    if (text == null) {
      return new Read(null, source.diagnostics());
    }
    Shelf shelf = new Shelf(language, shipped);
    Checked<AgentConfiguration> loaded = AgentLoader.load(text, language.catalogue(), shelf);
    AgentConfiguration configuration = loaded.valueOrNull();
    if (configuration == null || loaded.hasErrors()) {
      return new Read(null, loaded.diagnostics());
    }
    RunbookSet.Loaded runbooksRead =
        shelf.loaded(configuration.runbooks().folders(), configuration.runbooks().library());
    boolean same = before != null && Sameness.ofConnections(before.configuration(), configuration);
    Secrets secrets =
        before != null && same
            ? before.secrets()
            : new Secrets(configuration.connections(), environment, known);
    Inventory inventory =
        before != null && same
            ? before.inventory()
            : secrets.inventory(configuration.connections());
    RunbookSet runbooks =
        RunbookSet.of(
            runbooksRead,
            configuration.runbooks(),
            new ParamBinder(evaluator, inventory),
            environment);
    return new Read(
        new Settings(
            configuration,
            secrets,
            inventory,
            runbooks,
            new Router(evaluator, inventory),
            new AgentPolicy(configuration, evaluator, inventory),
            mode(configuration)),
        loaded.diagnostics());
  }

  /** Whether the environment keeps changes from being made, whatever the configuration says. */
  boolean isHeldDry() {
    return Boolean.parseBoolean(environment.getOrDefault(DRY_RUN, "").strip());
  }

  private Mode mode(AgentConfiguration configuration) {
    return configuration.live() && !isHeldDry() ? Mode.LIVE : Mode.DRY_RUN;
  }
}
