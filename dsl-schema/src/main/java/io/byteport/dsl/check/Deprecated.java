package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.ActionDescription.Input;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.ActionUse;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Deprecation;
import io.byteport.dsl.type.RecordType;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runbooks use no actions, inputs and fields that the catalogue is about to give up. */
final class Deprecated implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    Walk walk = new Walk(subject, findings);
    subject.uses().forEach(walk::use);
    for (Guardrail guardrail : subject.runbook().guardrails().values()) {
      guardrail.guards().forEach(walk::guarded);
    }
    typed.typing().all().forEach(walk::fields);
  }

  private static final class Walk {
    private final Subject subject;
    private final Findings findings;
    private final Set<Span> told = new HashSet<>();

    Walk(Subject subject, Findings findings) {
      this.subject = subject;
      this.findings = findings;
    }

    private Optional<ActionDescription> action(String name) {
      return subject.catalogue().action(name);
    }

    void use(ActionUse use) {
      ActionDescription action = action(use.action().name()).orElse(null);
      if (action == null) {
        return;
      }
      Map<String, ValueExpr.Entry> defaults = ActionTyping.defaults(subject, use);
      if (action.deprecated() != null) {
        boolean renamed =
            replacement(action).filter(other -> takes(other, use, defaults.keySet())).isPresent();
        report(use.action(), "the action", action.deprecated(), renamed, !isGuarded(action));
      }
      use.with().forEach((name, entry) -> input(action, entry.key(), use.with().keySet(), true));
      defaults.forEach((name, entry) -> input(action, entry.key(), defaults.keySet(), false));
    }

    /** What a guardrail names and what a step uses must be renamed together. */
    private boolean isGuarded(ActionDescription action) {
      return subject.runbook().guardrails().values().stream()
          .flatMap(guardrail -> guardrail.guards().stream())
          .anyMatch(id -> id.name().equals(action.name()));
    }

    void guarded(Id id) {
      action(id.name())
          .filter(action -> action.deprecated() != null)
          .ifPresent(
              action -> {
                if (action.deprecated() != null) {
                  boolean renamed = replacement(action).isPresent();
                  report(id, "the action", action.deprecated(), renamed, false);
                }
              });
    }

    private Optional<ActionDescription> replacement(ActionDescription action) {
      return action.deprecated() == null || action.deprecated().instead() == null
          ? Optional.empty()
          : action(action.deprecated().instead())
              .filter(other -> other.effect() == action.effect());
    }

    /** Whether all that a use gives can stay as it is. */
    private static boolean takes(ActionDescription other, ActionUse use, Set<String> defaults) {
      return other.inputs().keySet().containsAll(use.with().keySet())
          && other.inputs().values().stream()
              .filter(input -> input.required() && input.defaultValue() == null)
              .allMatch(
                  input -> use.with().containsKey(input.name()) || defaults.contains(input.name()));
    }

    private void input(ActionDescription action, Id key, Set<String> given, boolean alone) {
      Input input = action.input(key.name()).orElse(null);
      if (input == null || input.deprecated() == null) {
        return;
      }
      String instead = input.deprecated().instead();
      boolean renamed =
          instead != null
              && !given.contains(instead)
              && action
                  .input(instead)
                  .filter(other -> other.type().equals(input.type()))
                  .isPresent();
      report(key, "the input", input.deprecated(), renamed, alone);
    }

    /** The fields that an expression takes, wherever in it. */
    void fields(TypedExpr expr) {
      if (expr instanceof TypedExpr.Field field
          && field.syntax() instanceof Expr.Field written
          && field.target().type().nonNull() instanceof RecordType record) {
        Deprecation deprecation = record.note(field.name()).deprecated();
        if (deprecation != null) {
          boolean renamed =
              deprecation.instead() != null
                  && record.field(deprecation.instead()).equals(record.field(field.name()));
          report(new Id(field.name(), written.nameSpan()), "the field", deprecation, renamed, true);
        }
      }
      if (expr instanceof TypedExpr.Call call) {
        call.arguments().forEach(this::fields);
      } else {
        expr.operands().forEach(this::fields);
      }
    }

    /**
     * @param renamed whether its replacement can stand in its place
     * @param safe whether that changes nothing else
     */
    private void report(
        Id id, String what, Deprecation deprecation, boolean renamed, boolean safe) {
      if (!told.add(id.span())) {
        return;
      }
      String instead = deprecation.instead();
      Diagnostic diagnostic =
          Diagnostic.of(
              DiagnosticCode.DEPRECATED,
              findings.file(),
              id.span(),
              "expected "
                  + (instead == null ? "nothing that is deprecated" : "`" + instead + "`")
                  + ", found "
                  + what
                  + " `"
                  + id
                  + "`, deprecated since "
                  + deprecation.since(),
              deprecation.why());
      findings.add(
          instead == null || !renamed
              ? diagnostic
              : diagnostic.withFix(new Fix("write `" + instead + "`", id.span(), instead, safe)));
    }
  }
}
