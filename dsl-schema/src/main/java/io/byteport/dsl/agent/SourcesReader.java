package io.byteport.dsl.agent;

import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.ConnectionType.Hearing;
import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.agent.AgentConfiguration.Mapping;
import io.byteport.dsl.agent.AgentConfiguration.Rule;
import io.byteport.dsl.agent.AgentConfiguration.Source;
import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.connection.EntryReader;
import io.byteport.dsl.connection.Findings;
import io.byteport.dsl.connection.References;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads where signals come from: {@code sources}. */
final class SourcesReader {
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration OFTENEST = Duration.ofSeconds(1);
  private static final String PATH = "/webhooks(?:/[A-Za-z0-9._~-]+)+";
  private static final String SIGNAL = "[A-Za-z][A-Za-z0-9_-]*";

  private final Findings findings;
  private final Map<String, ConnectionType> types;
  private final Expressions expressions;
  private final KnownSignals signals;
  private final boolean exposed;
  private final Map<String, Span> paths = new HashMap<>();

  /**
   * @param signals that rules may name
   * @param exposed whether more than this machine can call
   */
  SourcesReader(
      Findings findings, Map<String, ConnectionType> types, KnownSignals signals, boolean exposed) {
    this.signals = signals;
    this.findings = findings;
    this.types = types;
    this.expressions = new Expressions(findings);
    this.exposed = exposed;
  }

  Map<String, Source> read(Entry section, References references) {
    Map<String, Source> sources = new LinkedHashMap<>();
    List<Connection> entries = new ArrayList<>();
    EntryReader reader = new EntryReader(findings, EntrySection.SOURCES, types);
    for (Entry entry : findings.entries(section, "a map of sources by their names")) {
      boolean sound = Names.isSound(findings, entry.key(), "a source");
      Connection read = reader.read(entry);
      Fields fields =
          entry.value() instanceof YamlMapping map ? new Fields(findings, entry.key(), map) : null;
      if (fields != null) {
        Source source = source(fields, read);
        if (source != null && sound) {
          sources.put(entry.key().text(), source);
        }
      }
      if (read != null) {
        entries.add(read);
      }
    }
    references.check(section, entries, types);
    return sources;
  }

  /** Null where it is not known what it is; the rest of it is read all the same. */
  private @Nullable Source source(Fields fields, @Nullable Connection entry) {
    String webhook = webhook(fields);
    Duration every = fields.duration("every", EVERY, OFTENEST);
    boolean emitResolved = fields.flag("emitResolved", false);
    List<Rule> rules = rules(fields);
    Mapping mapping = new MappingReader(fields, expressions).read();
    if (entry == null) {
      return null;
    }
    ConnectionType type = types.get(entry.type());
    if (type != null && type.hearing() != null) {
      heard(fields, type, type.hearing());
    }
    return new Source(entry, webhook, every, emitResolved, rules, mapping);
  }

  private @Nullable String webhook(Fields fields) {
    YamlScalar path = fields.scalar("webhook");
    if (path == null) {
      return null;
    }
    if (!path.text().matches(PATH)) {
      findings.add(
          DiagnosticCode.SCHEMA_BAD_FORMAT,
          path.span(),
          "expected a path below `/webhooks/`, found `" + path.text() + "`",
          "write it as `/webhooks/" + fields.name().text() + "`");
      return null;
    }
    Span before = paths.putIfAbsent(path.text(), path.span());
    if (before != null) {
      findings
          .all()
          .add(
              Diagnostic.of(
                      DiagnosticCode.AGENT_WEBHOOK_TAKEN,
                      findings.file(),
                      path.span(),
                      "expected a path that no other source has, found `" + path.text() + "`",
                      "a request tells by its path which source it comes from")
                  .withRelated(new Related(findings.file(), before, "this has the path already")));
    }
    return path.text();
  }

  private void heard(Fields fields, ConnectionType type, Hearing hearing) {
    boolean called = fields.has("webhook");
    List<String> mute = hearing.callNeeded().stream().filter(name -> !given(fields, name)).toList();
    List<String> lacking = hearing.needed().stream().filter(name -> !given(fields, name)).toList();
    boolean polled = hearing.polled() && lacking.isEmpty();
    if (called && !hearing.calls()) {
      unheard(
          fields,
          "webhook",
          "expected a source that calls, found a `" + type.name() + "`, which is only asked",
          "leave `webhook` out");
    } else if (called && !mute.isEmpty()) {
      unheard(
          fields,
          "webhook",
          "expected `"
              + String.join("` and `", mute)
              + "` beside `webhook`, found none: no call would be heard",
          "add `"
              + String.join("` and `", mute)
              + "`"
              + (polled ? ", or leave `webhook` out" : ""));
    } else if (!called && !polled) {
      unheard(
          fields,
          "",
          "expected a way in which `" + fields.name().text() + "` is heard, found none",
          ways(fields, hearing, lacking));
    }
    if (fields.has("every") && !polled) {
      unheard(
          fields,
          "every",
          "expected a source that is asked, found a `" + type.name() + "`, which only calls",
          hearing.polled()
              ? "add `" + String.join("` and `", lacking) + "`, or leave `every` out"
              : "leave `every` out");
    }
    if (called && exposed && !hearing.proofs().isEmpty() && !proven(fields, hearing)) {
      findings.add(
          DiagnosticCode.AGENT_EXPOSED,
          fields.entry("webhook").orElseThrow().value().span(),
          "expected a secret by which calls of `"
              + fields.name().text()
              + "` prove whose they are,"
              + " found none",
          "add `" + String.join("` or `", hearing.proofs()) + "` under `credentials`");
    }
  }

  private static String ways(Fields fields, Hearing hearing, List<String> lacking) {
    List<String> ways = new ArrayList<>();
    if (hearing.calls()) {
      ways.add(
          "`"
              + String.join(
                  "` and `",
                  Stream.concat(
                          Stream.of("webhook: /webhooks/" + fields.name().text()),
                          hearing.callNeeded().stream().filter(name -> !given(fields, name)))
                      .toList())
              + "` to be called");
    }
    if (hearing.polled()) {
      ways.add("`" + String.join("` and `", lacking) + "` to ask");
    }
    return "add " + String.join(", or ", ways);
  }

  private void unheard(Fields fields, String field, String message, String hint) {
    findings.add(
        DiagnosticCode.AGENT_UNHEARD,
        fields.entry(field).map(Entry::key).orElse(fields.name()).span(),
        message,
        hint);
  }

  private static boolean proven(Fields fields, Hearing hearing) {
    return hearing.proofs().stream().anyMatch(name -> given(fields, name));
  }

  /** Whether a setting or a credential is given; a list with nothing in it gives nothing. */
  private static boolean given(Fields fields, String name) {
    YamlNode setting = fields.entry(name).map(Entry::value).orElse(null);
    return (setting != null && !(setting instanceof YamlSequence list && list.items().isEmpty()))
        || (fields.entry("credentials").map(Entry::value).orElse(null) instanceof YamlMapping map
            && map.get(name).isPresent());
  }

  private List<Rule> rules(Fields fields) {
    List<Rule> rules = new ArrayList<>();
    for (Fields rule : fields.list("rules", "a map with `when` and `signal`")) {
      rule.only(List.of("when", "signal"), "a rule");
      TypedExpr when =
          rule.entry("when")
              .map(entry -> expressions.condition(entry, AgentScopes.ALERT))
              .orElse(null);
      if (!rule.has("when")) {
        rule.missing("when", "a rule", "say of which alerts it holds, `true` for all");
      }
      YamlScalar signal = rule.scalar("signal");
      if (signal == null && !rule.has("signal")) {
        rule.missing("signal", "a rule", "name the signal that such an alert is");
      } else if (signal != null && !signal.text().matches(SIGNAL)) {
        findings.add(
            DiagnosticCode.SCHEMA_BAD_FORMAT,
            signal.span(),
            "expected the name of a signal, found `" + signal.text() + "`",
            "runbooks list the signals that they know under `detectors`");
      } else if (signal != null) {
        signals.check(findings, signal);
      }
      if (signal != null && signal.text().matches(SIGNAL) && when != null) {
        rules.add(new Rule(when, signal.text(), rule.map().span()));
      }
    }
    return rules;
  }
}
