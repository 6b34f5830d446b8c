package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.ActionUse;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Types what actions are given, directly and through the defaults of their family. */
final class ActionTyping {
  private final Subject subject;
  private final Findings findings;
  private final ValueTyping values;
  private final LiteralInputs literals;
  private final Set<ValueExpr> literalsSeen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<ValueExpr, Set<Type>> defaultsTyped = new HashMap<>();

  ActionTyping(Subject subject, Findings findings, ValueTyping values) {
    this.subject = subject;
    this.findings = findings;
    this.values = values;
    this.literals = new LiteralInputs(subject.catalogue());
  }

  Optional<ActionDescription> find(ActionUse use) {
    return subject.catalogue().action(use.action().name());
  }

  /** What an action returns; null included where it may find nothing. */
  Type output(ActionUse use) {
    return find(use)
        .map(action -> action.finds() ? found(action, use).orNull() : found(action, use))
        .orElse(Special.UNKNOWN);
  }

  /** What an action returns where it finds something. */
  Type found(ActionDescription action, ActionUse use) {
    return literals.output(action, use, defaults(subject, use));
  }

  /** The defaults that an action gets from its family: those of its inputs that are not given. */
  static Map<String, ValueExpr.Entry> defaults(Subject subject, ActionUse use) {
    Map<String, ValueExpr.Entry> inherited = new LinkedHashMap<>();
    subject
        .catalogue()
        .action(use.action().name())
        .ifPresent(
            action ->
                subject
                    .runbook()
                    .defaults()
                    .getOrDefault(action.family(), Map.of())
                    .forEach(
                        (name, entry) -> {
                          if (action.inputs().containsKey(name) && !use.with().containsKey(name)) {
                            inherited.put(name, entry);
                          }
                        }));
    return inherited;
  }

  /** Checks an action that is used at run time, where the defaults of its family count. */
  void use(ActionUse use, Scope scope, Scope defaultScope) {
    Optional<ActionDescription> found = known(use, scope);
    if (found.isEmpty()) {
      return;
    }
    Map<String, ValueExpr.Entry> inherited = defaults(subject, use);
    given(use, found.get(), scope);
    inherited.forEach(
        (name, entry) ->
            found
                .get()
                .input(name)
                .ifPresent(
                    input -> {
                      inherit(entry, input, defaultScope);
                      literal(found.get(), input, entry.value());
                    }));
    for (ActionDescription.Input input : found.get().inputs().values()) {
      boolean given = use.with().containsKey(input.name()) || inherited.containsKey(input.name());
      if (input.required() && input.defaultValue() == null && !given) {
        findings.missing(
            DiagnosticCode.ACTION_MISSING_INPUT,
            use.action().span(),
            use.span(),
            "expected `"
                + input.name()
                + "` ("
                + input.type()
                + ") for `"
                + use.action()
                + "`, found none",
            "give it under `with`, or for the whole family under `defaults."
                + found.get().family()
                + "`");
      }
    }
  }

  /** Checks a read that a detector watches: what it leaves out ranges over everything in reach. */
  void watch(ActionUse use, Scope scope) {
    Optional<ActionDescription> found = known(use, scope);
    if (found.isEmpty()) {
      return;
    }
    given(use, found.get(), scope);
    for (ActionDescription.Input input : found.get().inputs().values()) {
      boolean ranges = input.type() instanceof RecordType;
      if (input.required()
          && input.defaultValue() == null
          && !ranges
          && !use.with().containsKey(input.name())) {
        findings.missing(
            DiagnosticCode.ACTION_MISSING_INPUT,
            use.action().span(),
            use.span(),
            "expected `"
                + input.name()
                + "` ("
                + input.type()
                + ") for `"
                + use.action()
                + "`, found none",
            "give it under `with`; the defaults of a family do not hold for detectors");
      }
    }
  }

  private Optional<ActionDescription> known(ActionUse use, Scope scope) {
    Optional<ActionDescription> found = find(use);
    if (found.isEmpty()) {
      Set<String> names = new TreeSet<>();
      subject.catalogue().actions().forEach(action -> names.add(action.name()));
      findings.unknown(DiagnosticCode.ACTION_UNKNOWN, use.action(), "an action", names);
      use.with().values().forEach(entry -> values.value(entry.value(), scope, null));
    }
    return found;
  }

  private void given(ActionUse use, ActionDescription action, Scope scope) {
    use.with()
        .forEach(
            (name, entry) -> {
              Optional<ActionDescription.Input> input = action.input(name);
              if (input.isEmpty()) {
                findings.unknown(
                    DiagnosticCode.ACTION_UNKNOWN_INPUT,
                    entry.key(),
                    "an input of `" + action.name() + "`",
                    action.inputs().keySet(),
                    use.with().keySet());
              }
              values.value(
                  entry.value(), scope, input.map(one -> one.type().orNull()).orElse(null));
              input.ifPresent(one -> literal(action, one, entry.value()));
              boolean unset =
                  entry.value() instanceof ValueExpr.Constant constant && constant.value().isNull();
              if (unset && input.filter(one -> one.required()).isPresent()) {
                findings.add(
                    DiagnosticCode.ACTION_MISSING_INPUT,
                    entry.value().span(),
                    "expected a value for `"
                        + name
                        + "`, which `"
                        + action.name()
                        + "` requires, found `null`",
                    null);
              }
            });
    values.optional(use.timeout(), scope, Type.Scalar.DURATION);
  }

  /** What must stand in the runbook as it is does, and what names types names some. */
  private void literal(ActionDescription action, ActionDescription.Input input, ValueExpr value) {
    if (!input.policy().literal() || !literalsSeen.add(value)) {
      return;
    }
    if (LiteralInputs.constant(value).isEmpty()) {
      findings.add(
          DiagnosticCode.ACTION_NOT_LITERAL,
          value.span(),
          "expected `"
              + input.name()
              + "` of `"
              + action.name()
              + "` to stand here as it is, found an interpolation",
          action.inputs().containsKey("bind")
              ? "hand over what differs under `bind`"
              : "write it out, once for each case if need be");
    } else if (LiteralInputs.holdsTypes(action, input) && value instanceof ValueExpr.MapOf map) {
      for (ValueExpr.Entry entry : map.entries().values()) {
        if (entry.value() instanceof ValueExpr.Constant constant
            && constant.value() instanceof Value.TextValue text) {
          literals
              .problem(text.value())
              .ifPresent(
                  problem ->
                      findings.add(
                          DiagnosticCode.NAME_UNKNOWN_TYPE,
                          constant.span(),
                          problem.message(),
                          null));
        }
      }
    }
  }

  /** Types a default once for each type that an action asks of it. */
  private void inherit(ValueExpr.Entry entry, ActionDescription.Input input, Scope scope) {
    if (defaultsTyped.computeIfAbsent(entry.value(), value -> new HashSet<>()).add(input.type())) {
      values.value(entry.value(), scope, input.type().orNull());
    }
  }

  /**
   * Checks the defaults themselves: that families and inputs exist, and those that no action of
   * this runbook takes.
   */
  void families(Scope scope) {
    Set<String> known = new TreeSet<>();
    subject.catalogue().actions().forEach(action -> known.add(action.family()));
    for (Id family : subject.runbook().families()) {
      Set<String> inputs = inputsOf(family.name());
      if (!known.contains(family.name())) {
        findings.unknown(
            DiagnosticCode.ACTION_UNKNOWN,
            family,
            "a family of actions",
            known,
            subject.runbook().families().stream().map(Id::name).toList());
      }
      for (ValueExpr.Entry entry :
          subject.runbook().defaults().getOrDefault(family.name(), Map.of()).values()) {
        if (known.contains(family.name()) && !inputs.contains(entry.key().name())) {
          findings.unknown(
              DiagnosticCode.ACTION_UNKNOWN_INPUT,
              entry.key(),
              "an input of the family `" + family + "`",
              inputs,
              subject.runbook().defaults().getOrDefault(family.name(), Map.of()).keySet());
        }
        if (!defaultsTyped.containsKey(entry.value())) {
          values.value(entry.value(), scope, null);
        }
      }
    }
  }

  private Set<String> inputsOf(String family) {
    Set<String> inputs = new TreeSet<>();
    subject.catalogue().actions().stream()
        .filter(action -> action.family().equals(family))
        .forEach(action -> inputs.addAll(action.inputs().keySet()));
    return inputs;
  }

  /** What {@code with} holds in a guardrail: the inputs that all guarded actions have. */
  RecordType with(Set<ActionDescription> actions) {
    Map<String, Type> fields = new LinkedHashMap<>();
    boolean first = true;
    for (ActionDescription action : actions) {
      Map<String, Type> own = new LinkedHashMap<>();
      action.inputs().forEach((name, input) -> own.put(name, typeOf(input)));
      if (first) {
        fields.putAll(own);
      } else {
        fields.keySet().retainAll(own.keySet());
        own.forEach(
            (name, type) ->
                fields.computeIfPresent(
                    name, (same, before) -> Assignment.join(before, type).orElse(Special.ANY)));
      }
      first = false;
    }
    return RecordType.of("with", fields);
  }

  private static Type typeOf(ActionDescription.Input input) {
    return input.required() || input.defaultValue() != null ? input.type() : input.type().orNull();
  }
}
