package io.byteport.dsl.check;

import io.byteport.dsl.check.Declared.Kind;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Input;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.source.Span;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What a runbook declares is named by something that a run reaches. What only something unused
 * names is told with it, once. Says nothing about a file with errors: a use may hide behind one.
 */
final class Unused implements Check {

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    if (findings.hasErrors()) {
      return;
    }
    Uses uses = UseCollector.of(subject);
    Set<Declared> unused = new LinkedHashSet<>(UseCollector.declared(subject));
    unused.removeAll(uses.used());
    unused.removeIf(one -> isNeeded(one, subject.runbook(), unused));
    Set<Declared> told = new HashSet<>();
    for (Declared one : unused) {
      boolean leads = unused.stream().noneMatch(other -> uses.named(other).contains(one));
      if (leads) {
        Set<Declared> along = new LinkedHashSet<>(uses.reached(Set.of(one)));
        along.retainAll(unused);
        along.remove(one);
        along.removeIf(other -> !told.add(other));
        report(one, along, subject, findings);
      }
    }
  }

  /**
   * A required input decides by itself whether the runbook can take a signal; an argument goes with
   * its block.
   */
  private static boolean isNeeded(Declared one, Runbook runbook, Set<Declared> unused) {
    return switch (one.kind()) {
      case INPUT -> {
        Input input = runbook.inputs().get(one.name());
        yield input != null && input.required();
      }
      case ARGUMENT -> unused.contains(Declared.of(Kind.BLOCK, one.owner()));
      case FACT, PARAMETER, BLOCK -> false;
    };
  }

  private static void report(
      Declared one, Set<Declared> along, Subject subject, Findings findings) {
    Span key = id(one, subject).span();
    Diagnostic diagnostic =
        Diagnostic.of(
            code(one.kind()),
            findings.file(),
            key,
            "expected something that uses the "
                + one.kind().word()
                + " `"
                + one.name()
                + "`, found nothing",
            hint(one.kind()));
    for (Declared other : along) {
      diagnostic =
          diagnostic.withRelated(
              new Related(
                  findings.file(),
                  id(other, subject).span(),
                  "the " + other.kind().word() + " `" + other.name() + "` serves only it"));
    }
    if (!isNamedElsewhere(one, subject)) {
      Diagnostic told = diagnostic;
      diagnostic =
          EntryRemoval.of(findings.file(), key)
              .map(lines -> told.withFix(new Fix("remove `" + one.name() + "`", lines, "", false)))
              .orElse(told);
    }
    findings.add(diagnostic);
  }

  /**
   * Whether something would be left behind: a value for an argument, or a word about a step of a
   * block.
   */
  private static boolean isNamedElsewhere(Declared one, Subject subject) {
    if (one.kind() == Kind.ARGUMENT) {
      return subject.tree().all().stream()
          .anyMatch(
              placed ->
                  placed.step() instanceof Step.CallBlock call
                      && call.block().name().equals(one.owner())
                      && call.with().containsKey(one.name()));
    }
    return one.kind() == Kind.BLOCK
        && subject.tree().all().stream()
            .filter(placed -> placed.block() != null)
            .filter(placed -> Objects.requireNonNull(placed.block()).id().name().equals(one.name()))
            .map(placed -> placed.step().head())
            .filter(Step.Head::given)
            .anyMatch(head -> isMentioned(head.id(), subject));
  }

  /** Whether a word of the file beside the id itself could mean a step. */
  private static boolean isMentioned(Id step, Subject subject) {
    String text = subject.file().text();
    String name = step.name();
    int found = 0;
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      found++;
    }
    return found > 1;
  }

  private static Id id(Declared one, Subject subject) {
    Runbook runbook = subject.runbook();
    return switch (one.kind()) {
      case FACT -> Objects.requireNonNull(subject.facts().get(one.name())).id();
      case PARAMETER -> Objects.requireNonNull(runbook.params().get(one.name())).id();
      case INPUT -> Objects.requireNonNull(runbook.inputs().get(one.name())).id();
      case BLOCK -> Objects.requireNonNull(runbook.blocks().get(one.name())).id();
      case ARGUMENT ->
          Objects.requireNonNull(
                  Objects.requireNonNull(runbook.blocks().get(one.owner())).args().get(one.name()))
              .id();
    };
  }

  private static DiagnosticCode code(Kind kind) {
    return switch (kind) {
      case FACT -> DiagnosticCode.UNUSED_FACT;
      case PARAMETER -> DiagnosticCode.UNUSED_PARAMETER;
      case INPUT -> DiagnosticCode.UNUSED_INPUT;
      case BLOCK -> DiagnosticCode.UNUSED_BLOCK;
      case ARGUMENT -> DiagnosticCode.UNUSED_ARGUMENT;
    };
  }

  private static String hint(Kind kind) {
    return switch (kind) {
      case FACT -> "remove it, or show it to people, in `postmortem` or under `attach`";
      case PARAMETER ->
          "remove it, or name it where the number or text stands that it should replace";
      case INPUT -> "remove it; what the signal says besides stays in `signal.labels`";
      case BLOCK -> "remove it, or `call` it";
      case ARGUMENT -> "remove it here and where the block is called, or name it in a step";
    };
  }
}
