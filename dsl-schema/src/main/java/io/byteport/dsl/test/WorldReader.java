package io.byteport.dsl.test;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Quantities;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what reads find, what actions do and what was done before. */
final class WorldReader {
  private final CheckedRunbook checked;
  private final TestFindings findings;
  private final FixtureValues values;
  private final Map<String, Step> steps;
  private final Map<String, Fact> facts = new LinkedHashMap<>();

  WorldReader(CheckedRunbook checked, TestFindings findings, FixtureValues values) {
    this.checked = checked;
    this.findings = findings;
    this.values = values;
    this.steps = checked.steps();
    Runbook runbook = checked.runbook();
    facts.putAll(runbook.diagnose());
    if (runbook.verify() != null) {
      facts.putAll(runbook.verify().read());
    }
    for (Runbook.Remediation remediation : runbook.remediate().values()) {
      if (remediation.verify() != null) {
        facts.putAll(remediation.verify().read());
      }
    }
  }

  static Map<String, YamlNode> nodes(YamlMapping mapping) {
    Map<String, YamlNode> nodes = new LinkedHashMap<>();
    mapping.entries().forEach(entry -> nodes.put(entry.key().text(), entry.value()));
    return nodes;
  }

  /**
   * Facts.
   *
   * @param before what was known of them before, over which these are laid
   * @param first whether these are what the case starts from
   */
  Map<String, Given.Fact> facts(YamlMapping section, Map<String, YamlNode> before, boolean first) {
    Map<String, Given.Fact> read = new LinkedHashMap<>();
    for (Entry entry : section.entries()) {
      String name = entry.key().text();
      if (isRead(entry.key())) {
        boolean whole = first || !(before.get(name) instanceof YamlMapping);
        Type type = checked.typing().facts().getOrDefault(name, Special.UNKNOWN);
        read.put(name, fact(entry.value(), type, whole));
      }
    }
    return read;
  }

  private boolean isRead(YamlScalar name) {
    boolean known =
        findings.isKnown(
            DiagnosticCode.NAME_UNKNOWN_FACT,
            name,
            "a fact of `" + checked.id() + "`",
            facts.keySet());
    if (known && !(facts.get(name.text()) instanceof Fact.Read)) {
      findings.add(
          DiagnosticCode.TEST_UNUSED,
          name.span(),
          "expected a fact that is read, found `" + name.text() + "`, which is computed",
          "give the facts that it is computed of");
      return false;
    }
    return known;
  }

  private Given.Fact fact(YamlNode node, Type type, boolean whole) {
    if (node instanceof YamlMapping mapping
        && GivenMerge.isUnavailable(mapping)
        && !(type.nonNull() instanceof RecordType record
            && (record.fields().containsKey("unavailable")
                || record.fields().containsKey("timesOut")))) {
      if (mapping.get("timesOut").isPresent()) {
        return new Given.Fact.TimesOut();
      }
      return new Given.Fact.Unavailable(
          GivenReader.text(mapping, "unavailable").orElse("is unavailable"));
    }
    return new Given.Fact.Is(whole ? values.whole(node, type) : values.part(node, type));
  }

  /**
   * What steps do.
   *
   * @param given what the case starts from, over whose facts those of {@code then} are laid
   */
  Map<String, Given.Step> steps(YamlMapping section, YamlMapping given) {
    Map<String, YamlNode> before = nodes(GivenReader.mapping(given, "facts"));
    Map<String, Given.Step> read = new LinkedHashMap<>();
    for (Entry entry : section.entries()) {
      if (isActing(entry.key(), "it does nothing of its own")
          && entry.value() instanceof YamlMapping outcome) {
        read.put(entry.key().text(), step(entry.key(), outcome, before));
      }
    }
    return read;
  }

  private Given.Step step(YamlScalar id, YamlMapping outcome, Map<String, YamlNode> before) {
    Optional<ActionDescription> action = action(id.text());
    Type output = action.map(ActionDescription::output).orElse(Special.UNKNOWN);
    boolean reads = action.filter(known -> known.effect() == Effect.READ).isPresent();
    Optional<Entry> then = outcome.entry("then");
    if (reads && then.isPresent()) {
      findings.add(
          DiagnosticCode.TEST_UNUSED,
          then.get().key().span(),
          "expected a step that changes something, found `" + id.text() + "`, which only reads",
          "say under `later` what changes, and when");
    }
    return new Given.Step(
        outcome.get("result").map(result -> values.whole(result, output)).orElse(StructValue.EMPTY),
        !outcome.get("changed").map(FixtureValues::raw).filter(Value.FALSE::equals).isPresent(),
        GivenReader.text(outcome, "fails").orElse(null),
        GivenReader.text(outcome, "unavailable").orElse(null),
        isTrue(outcome, "timesOut"),
        outcome.get("tookEffect").isEmpty() ? null : isTrue(outcome, "tookEffect"),
        GivenReader.text(outcome, "settles").flatMap(Quantities::duration).orElse(Duration.ZERO),
        facts(GivenReader.mapping(outcome, "then"), before, false));
  }

  private static boolean isTrue(YamlMapping outcome, String key) {
    return outcome.get(key).map(FixtureValues::raw).filter(Value.TRUE::equals).isPresent();
  }

  /** Whether a step runs an action; a finding where there is no such step, or it runs none. */
  boolean isActing(YamlScalar id, String otherwise) {
    boolean known =
        findings.isKnown(
            DiagnosticCode.TEST_UNKNOWN_NAME, id, "a step of `" + checked.id() + "`", ids());
    if (known && action(id.text()).isEmpty()) {
      findings.add(
          DiagnosticCode.TEST_UNUSED,
          id.span(),
          "expected a step that runs an action, found `" + id.text() + "`, which runs none",
          otherwise);
      return false;
    }
    return known;
  }

  /** Whether there is such a step at all. */
  boolean isStep(YamlScalar id) {
    return findings.isKnown(
        DiagnosticCode.TEST_UNKNOWN_NAME, id, "a step of `" + checked.id() + "`", ids());
  }

  /** The steps that the author has named. */
  private Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    steps.values().stream()
        .filter(step -> step.head().given())
        .forEach(step -> ids.add(step.head().id().name()));
    return ids;
  }

  /** The action that a step runs. */
  Optional<ActionDescription> action(String step) {
    return switch (steps.get(step)) {
      case Step.Act act -> checked.catalogue().action(act.use().action().name());
      case Step.Propose propose -> checked.catalogue().action(propose.use().action().name());
      case null, default -> Optional.empty();
    };
  }

  /** An entry of the ledger; null where it cannot be read. */
  Given.@Nullable Past past(YamlMapping entry) {
    Optional<Instant> at = GivenReader.text(entry, "at").flatMap(values::time);
    String by = GivenReader.text(entry, "runbook").orElse(checked.id());
    boolean elsewhere = !by.equals(checked.id());
    String action = GivenReader.text(entry, "action").orElse(null);
    String step = null;
    if (entry.get("step").orElse(null) instanceof YamlScalar id) {
      if (elsewhere) {
        findings.add(
            DiagnosticCode.TEST_UNUSED,
            id.span(),
            "expected an `action` of `" + by + "`, found a step",
            "what other runbooks did counts by its action");
        return null;
      }
      if (!isActing(id, "name the step that was run")) {
        return null;
      }
      step = id.text();
      action = action(step).map(ActionDescription::name).orElse(action);
    } else if (entry.get("action").orElse(null) instanceof YamlScalar name) {
      List<String> names =
          checked.catalogue().actions().stream().map(ActionDescription::name).toList();
      if (!findings.isKnown(DiagnosticCode.ACTION_UNKNOWN, name, "an action", names)) {
        return null;
      }
    }
    if (action == null) {
      findings.add(
          DiagnosticCode.SCHEMA_MISSING_FIELD,
          entry.span(),
          "expected `step` or `action`, found neither",
          "say what was done");
      return null;
    }
    return at.isEmpty()
        ? null
        : new Given.Past(step, action, elsewhere, with(entry, action), target(entry), at.get());
  }

  private Map<String, Value> with(YamlMapping entry, String action) {
    return checked
        .catalogue()
        .action(action)
        .map(known -> inputs(GivenReader.mapping(entry, "with"), known))
        .orElse(Map.of());
  }

  /** Inputs of an action, as far as they are written. */
  Map<String, Value> inputs(YamlMapping with, ActionDescription action) {
    Map<String, Value> inputs = new LinkedHashMap<>();
    for (Entry input : with.entries()) {
      boolean known =
          findings.isKnown(
              DiagnosticCode.ACTION_UNKNOWN_INPUT,
              input.key(),
              "an input of `" + action.name() + "`",
              action.inputs().keySet());
      if (known) {
        Type type =
            action
                .input(input.key().text())
                .map(ActionDescription.Input::type)
                .orElse(Special.UNKNOWN);
        inputs.put(input.key().text(), values.part(input.value(), type.orNull()));
      }
    }
    return inputs;
  }

  private @Nullable StructValue target(YamlMapping entry) {
    RecordType type = GivenReader.target(checked);
    return type != null
            && entry.get("target").orElse(null) instanceof YamlMapping target
            && values.whole(target, type) instanceof StructValue struct
        ? struct
        : null;
  }
}
