package io.byteport.dsl.agent;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.agent.AgentConfiguration.Limit;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads how much all runs together may change: {@code limits}. */
final class LimitsReader {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final int MOST = 1_000_000;
  private static final String TARGET = "target";

  private final Findings findings;
  private final ActionCatalogue catalogue;
  private final Set<String> fields = new LinkedHashSet<>();

  LimitsReader(Findings findings, ActionCatalogue catalogue) {
    this.findings = findings;
    this.catalogue = catalogue;
    fields.add(TARGET);
    catalogue.targets().values().forEach(target -> fields.addAll(target.fields().keySet()));
  }

  Map<String, Limit> read(Fields section) {
    Map<String, Limit> limits = new LinkedHashMap<>();
    for (Entry entry : section.map().entries()) {
      boolean sound = Names.isSound(findings, entry.key(), "a limit");
      Fields limit = Fields.of(findings, entry, "a map with `limit` and `every`");
      if (limit != null && sound) {
        limits.put(entry.key().text(), limit(limit));
      }
    }
    return limits;
  }

  private Limit limit(Fields limit) {
    limit.only(List.of("limit", "every", "per", "guards"), "a limit");
    for (String required : List.of("limit", "every")) {
      if (!limit.has(required)) {
        limit.missing(
            required,
            "`" + limit.name().text() + "`",
            required.equals("limit")
                ? "say how many changes may be made"
                : "say within which time, such as `1h`");
      }
    }
    List<YamlScalar> per = limit.texts("per");
    for (YamlScalar field : per) {
      if (!fields.contains(field.text())) {
        findings.unknown(
            DiagnosticCode.AGENT_UNKNOWN_NAME,
            field,
            "expected `target` or a field of targets, found `" + field.text() + "`",
            fields);
      }
    }
    List<YamlScalar> guards = limit.texts("guards");
    guards.forEach(this::guarded);
    return new Limit(
        limit.number("limit", 0, 0, MOST),
        limit.duration("every", SHORTEST, SHORTEST),
        per.stream().map(YamlScalar::text).toList(),
        guards.stream().map(YamlScalar::text).toList());
  }

  private void guarded(YamlScalar name) {
    ActionDescription action = catalogue.action(name.text()).orElse(null);
    if (action == null) {
      findings.unknown(
          DiagnosticCode.ACTION_UNKNOWN,
          name,
          "expected an action, found `" + name.text() + "`",
          catalogue.actions().stream().map(ActionDescription::name).toList());
    } else if (action.effect() != ActionDescription.Effect.CHANGE) {
      findings.add(
          DiagnosticCode.FLOW_GUARDS_NOTHING,
          name.span(),
          "expected an action that changes something, found `" + name.text() + "`",
          "only changes count; leave it out");
    }
  }
}
