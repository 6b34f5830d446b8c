package io.byteport.dsl.agent;

import io.byteport.dsl.agent.AgentConfiguration.Configured;
import io.byteport.dsl.agent.AgentConfiguration.Enable;
import io.byteport.dsl.agent.AgentConfiguration.Runbooks;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which runbooks run, with which parameters: {@code runbooks}. */
final class RunbooksReader {
  private static final List<String> ENABLE =
      Arrays.stream(Enable.values()).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();

  private final Fields document;
  private final Findings findings;
  private final KnownRunbooks.@Nullable Shelf shelf;
  private final ConfiguredParams params;
  private KnownSignals signals = KnownSignals.ANY;

  /**
   * @param shelf where runbooks are looked for; null where nothing is known of them
   */
  RunbooksReader(Fields document, KnownRunbooks.@Nullable Shelf shelf, ConfiguredParams params) {
    this.document = document;
    this.findings = document.findings();
    this.shelf = shelf;
    this.params = params;
  }

  Runbooks read() {
    Fields fields = document.fields("runbooks", "a map with `enable` and others");
    if (fields == null) {
      return with(known(List.of(), true), new Runbooks(List.of(), true, Enable.NEWEST, Map.of()));
    }
    fields.only(List.of("folders", "library", "enable", "configure"), "`runbooks`");
    List<String> folders = fields.texts("folders").stream().map(YamlScalar::text).toList();
    boolean library = fields.flag("library", true);
    String enable = fields.word("enable", ENABLE, ENABLE.getFirst());
    KnownRunbooks known = known(folders, library);
    Map<String, Configured> configured = new LinkedHashMap<>();
    Fields configure = fields.fields("configure", "a map of runbooks by their ids");
    if (configure != null) {
      for (Entry entry : configure.map().entries()) {
        Fields one = Fields.of(findings, entry, "a map with `enabled` and `params`");
        if (known != null && known.complete() && !known.ids().contains(entry.key().text())) {
          findings.unknown(
              DiagnosticCode.AGENT_UNKNOWN_NAME,
              entry.key(),
              "expected the id of a runbook, found `" + entry.key().text() + "`",
              known.ids());
        }
        if (one != null) {
          configured.put(entry.key().text(), configured(one, known));
        }
      }
    }
    return with(
        known,
        new Runbooks(
            folders, library, Enable.valueOf(enable.toUpperCase(Locale.ROOT)), configured));
  }

  private Runbooks with(@Nullable KnownRunbooks known, Runbooks runbooks) {
    signals = known == null ? KnownSignals.ANY : KnownSignals.of(known, runbooks);
    return runbooks;
  }

  /** What the runbooks take that were read. */
  KnownSignals signals() {
    return signals;
  }

  private @Nullable KnownRunbooks known(List<String> folders, boolean library) {
    return shelf == null ? null : shelf.in(folders, library);
  }

  private Configured configured(Fields fields, @Nullable KnownRunbooks known) {
    fields.only(List.of("enabled", "watch", "params"), "what is configured of a runbook");
    Boolean enabled = fields.has("enabled") ? fields.flag("enabled", true) : null;
    Map<String, Value> values = new LinkedHashMap<>();
    Fields given = fields.fields("params", "a map of parameters");
    if (given != null) {
      given
          .map()
          .entries()
          .forEach(entry -> values.put(entry.key().text(), ConfiguredParams.value(entry.value())));
      if (known != null) {
        known.find(fields.name().text()).ifPresent(runbook -> params.check(runbook, given));
      }
    }
    return new Configured(enabled, fields.flag("watch", true), values);
  }
}
