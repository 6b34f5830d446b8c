package io.byteport.dsl.test;

import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.connection.ConnectionLoader;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.LiteralCoercion;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.BooleanValue;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one case starts from and what changes later. What the schema has found wrong already
 * is passed over in silence.
 */
final class GivenReader {
  private final CheckedRunbook checked;
  private final Runbook runbook;
  private final TestFindings findings;
  private final YamlMapping given;
  private final Instant now;
  private final FixtureValues values;
  private final WorldReader world;

  /**
   * @param given the file's and the case's, merged
   */
  GivenReader(CheckedRunbook checked, TestFindings findings, YamlMapping given) {
    this.checked = checked;
    this.runbook = checked.runbook();
    this.findings = findings;
    this.given = given;
    this.now = now(given).orElse(RunbookTestLoader.DEFAULT_NOW);
    this.values = new FixtureValues(findings, checked.catalogue(), now);
    this.world = new WorldReader(checked, findings, values);
  }

  private static Optional<Instant> now(YamlMapping given) {
    return text(given, "now").flatMap(LiteralCoercion::instant);
  }

  WorldReader world() {
    return world;
  }

  Given read() {
    if (given.entry("now").isPresent() && now(given).isEmpty()) {
      findings.add(
          DiagnosticCode.EXPR_TYPE,
          given.get("now").map(YamlNode::span).orElse(given.span()),
          "expected a point in time, found a distance",
          "write it as `2026-11-21T03:00:00Z`; other times may be distances from it");
    }
    return new Given(
        text(given, "mode").filter("dry-run"::equals).isPresent(),
        now,
        signal(),
        typed("inputs", "an input", checked.inputs()),
        typed("params", "a parameter", checked.params()),
        connections(),
        world.facts(mapping(given, "facts"), Map.of(), true),
        world.steps(mapping(given, "steps"), given),
        ledger(),
        locks(),
        approvals());
  }

  /** What changes in the course of time. */
  List<TestCase.Later> later(YamlNode list) {
    List<TestCase.Later> later = new ArrayList<>();
    for (YamlNode node : items(list)) {
      if (node instanceof YamlMapping change) {
        later.add(
            new TestCase.Later(
                after(change),
                text(change, "in").flatMap(Quantities::duration).orElse(Duration.ZERO),
                world.facts(mapping(change, "facts"), givenFacts(), false),
                world.steps(mapping(change, "steps"), given),
                clearedLater(mapping(change, "signal"))));
      }
    }
    return later;
  }

  private Map<String, YamlNode> givenFacts() {
    return WorldReader.nodes(mapping(given, "facts"));
  }

  private @Nullable Id after(YamlMapping change) {
    return change.get("after").orElse(null) instanceof YamlScalar step
            && world.isActing(step, "nothing follows it")
        ? new Id(step.text(), step.span())
        : null;
  }

  private @Nullable Boolean clearedLater(YamlMapping signal) {
    for (Entry entry : signal.entries()) {
      String key = entry.key().text();
      if (!key.equals("cleared") && !key.equals("status")) {
        findings.add(
            DiagnosticCode.TEST_UNUSED,
            entry.key().span(),
            "expected `cleared`, found `" + key + "`",
            "a run hears of its signal only that it is over, or has come back");
      }
    }
    return signal.entry("cleared").isPresent() || signal.entry("status").isPresent()
        ? isCleared(signal)
        : null;
  }

  private boolean isCleared(YamlMapping signal) {
    Optional<YamlNode> status = signal.get("status");
    if (status.isPresent() && status.get() instanceof YamlScalar word) {
      findings.isKnown(
          DiagnosticCode.TEST_UNKNOWN_NAME, word, "a status", List.of("firing", "resolved"));
      return word.text().equals("resolved");
    }
    return signal
        .get("cleared")
        .map(FixtureValues::raw)
        .filter(value -> value.equals(Value.TRUE))
        .isPresent();
  }

  private Given.Signal signal() {
    YamlMapping signal = mapping(given, "signal");
    Set<String> types = new LinkedHashSet<>();
    for (Runbook.Detector detector : runbook.detectors().values()) {
      types.add(detector.id().name());
      detector.aliases().forEach(alias -> types.add(alias.name()));
    }
    if (signal.get("type").orElse(null) instanceof YamlScalar type) {
      findings.isKnown(
          DiagnosticCode.TEST_UNKNOWN_NAME, type, "a signal of `" + checked.id() + "`", types);
    }
    List<String> sources = runbook.metadata().sources();
    return new Given.Signal(
        text(signal, "type").orElse(types.isEmpty() ? "test" : types.iterator().next()),
        text(signal, "source").orElse(sources.isEmpty() ? "test" : sources.getFirst()),
        text(signal, "severity").orElse(null),
        isCleared(signal),
        texts(mapping(signal, "labels")),
        text(signal, "startedAt").flatMap(values::time).orElse(null),
        text(signal, "value").orElse(null),
        text(signal, "fingerprint").orElse(null),
        text(signal, "link").orElse(null));
  }

  private Map<String, Value> typed(String section, String what, Map<String, Type> types) {
    Map<String, Value> typed = new LinkedHashMap<>();
    for (Entry entry : mapping(given, section).entries()) {
      boolean known =
          findings.isKnown(
              DiagnosticCode.TEST_UNKNOWN_NAME,
              entry.key(),
              what + " of `" + checked.id() + "`",
              types.keySet());
      if (known) {
        String name = entry.key().text();
        Type type = types.getOrDefault(name, Special.UNKNOWN);
        typed.put(name, values.whole(entry.value(), type.orNull()));
      }
    }
    return typed;
  }

  private List<Given.Connection> connections() {
    List<Given.Connection> connections = new ArrayList<>();
    for (Entry entry : mapping(given, "connections").entries()) {
      if (entry.value() instanceof YamlMapping about) {
        connection(entry, about).ifPresent(connections::add);
      }
    }
    return connections;
  }

  /** An entry is of a type of connections, or, where that does not matter, of a kind. */
  private Optional<Given.Connection> connection(Entry entry, YamlMapping about) {
    Map<String, ConnectionType> types = checked.catalogue().connections();
    Set<String> known = new TreeSet<>(types.keySet());
    known.addAll(checked.catalogue().inventory().keySet());
    if (!(about.get("type").orElse(entry.key()) instanceof YamlScalar type)
        || !findings.isKnown(
            DiagnosticCode.TEST_UNKNOWN_NAME, type, "a type of connections", known)) {
      return Optional.empty();
    }
    if (types.containsKey(type.text()) && about.get("type").isPresent()) {
      return ConnectionLoader.partial(
              findings.file(),
              entry,
              types,
              found -> findings.add(found.code(), found.span(), found.message(), found.hint()))
          .map(
              one ->
                  new Given.Connection(
                      one.kind(),
                      one.type(),
                      one.name(),
                      one.aliases(),
                      one.settings(),
                      one.labels(),
                      one.annotations()));
    }
    Map<String, Value> settings = new LinkedHashMap<>();
    texts(about).forEach((name, text) -> settings.put(name, Value.of(text)));
    settings.keySet().removeAll(List.of("type", "aliases", "labels", "annotations"));
    return Optional.of(
        new Given.Connection(
            type.text(),
            type.text(),
            entry.key().text(),
            about.get("aliases").map(GivenReader::words).orElse(List.of()),
            settings,
            texts(mapping(about, "labels")),
            texts(mapping(about, "annotations"))));
  }

  private List<Given.Past> ledger() {
    List<Given.Past> ledger = new ArrayList<>();
    for (YamlNode node : given.get("ledger").map(GivenReader::items).orElse(List.of())) {
      if (node instanceof YamlMapping entry) {
        Given.Past past = world.past(entry);
        if (past != null) {
          int times = entry.get("repeat").map(values::count).orElse(1);
          for (int i = 0; i < times; i++) {
            ledger.add(past);
          }
        }
      }
    }
    return ledger;
  }

  private List<Given.Lock> locks() {
    Map<String, Guardrail.Lock> known = new LinkedHashMap<>();
    for (Guardrail guardrail : runbook.guardrails().values()) {
      if (guardrail.rule() instanceof Guardrail.Lock lock) {
        known.put(lock.name(), lock);
      }
    }
    List<Given.Lock> locks = new ArrayList<>();
    for (YamlNode node : given.get("locks").map(GivenReader::items).orElse(List.of())) {
      if (node instanceof YamlMapping held
          && held.get("lock").orElse(null) instanceof YamlScalar name
          && findings.isKnown(
              DiagnosticCode.TEST_UNKNOWN_NAME,
              name,
              "a lock of `" + checked.id() + "`",
              known.keySet())) {
        Guardrail.Lock lock = known.get(name.text());
        locks.add(
            new Given.Lock(
                name.text(),
                lock == null ? List.of() : per(held, lock),
                text(held, "by").orElse("another-run")));
      }
    }
    return locks;
  }

  private List<Value> per(YamlMapping held, Guardrail.Lock lock) {
    Optional<YamlNode> node = held.get("per");
    if (node.isEmpty()) {
      return List.of();
    }
    List<YamlNode> parts =
        node.get() instanceof YamlSequence list ? list.items() : List.of(node.get());
    if (parts.size() != lock.per().size()) {
      Span span = node.get().span();
      findings.add(
          DiagnosticCode.TEST_UNUSED,
          span,
          "expected as many values as the lock has, "
              + lock.per().size()
              + ", found "
              + parts.size(),
          "give one for each expression of its `per`");
      return List.of();
    }
    List<Value> per = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Type type = checked.typing().of(lock.per().get(i)).type();
      per.add(values.part(parts.get(i), type));
    }
    return per;
  }

  private Map<String, Boolean> approvals() {
    List<String> known =
        runbook.guardrails().values().stream()
            .filter(guardrail -> guardrail.rule() instanceof Guardrail.Approve)
            .map(guardrail -> guardrail.id().name())
            .toList();
    Map<String, Boolean> approvals = new LinkedHashMap<>();
    for (Entry entry : mapping(given, "approvals").entries()) {
      if (findings.isKnown(
              DiagnosticCode.TEST_UNKNOWN_NAME, entry.key(), "a guardrail that asks a human", known)
          && FixtureValues.raw(entry.value()) instanceof BooleanValue answer) {
        approvals.put(entry.key().text(), answer.value());
      }
    }
    return approvals;
  }

  /** The target's record type; null where the catalogue has none. */
  static @Nullable RecordType target(CheckedRunbook checked) {
    String kind = checked.runbook().target().type().name();
    RecordType plain = checked.catalogue().targets().get(kind);
    return plain == null ? checked.catalogue().inventory().get(kind) : plain;
  }

  static YamlMapping mapping(YamlMapping parent, String key) {
    return parent.get(key).orElse(null) instanceof YamlMapping mapping
        ? mapping
        : new YamlMapping(List.of(), false, parent.span());
  }

  static List<YamlNode> items(YamlNode node) {
    return node instanceof YamlSequence sequence ? sequence.items() : List.of();
  }

  static List<String> words(YamlNode node) {
    return items(node).stream()
        .filter(YamlScalar.class::isInstance)
        .map(item -> ((YamlScalar) item).text())
        .toList();
  }

  static Optional<String> text(YamlMapping parent, String key) {
    return parent.get(key).orElse(null) instanceof YamlScalar scalar && !scalar.value().isNull()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  /** Scalars as they are written; null takes one away. */
  private static Map<String, String> texts(YamlMapping mapping) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Entry entry : mapping.entries()) {
      text(mapping, entry.key().text()).ifPresent(text -> texts.put(entry.key().text(), text));
    }
    return texts;
  }
}
