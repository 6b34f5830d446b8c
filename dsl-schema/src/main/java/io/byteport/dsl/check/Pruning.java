package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.check.Declared.Kind;
import io.byteport.dsl.include.Lent;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.ActionUse;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Sources;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Leaves out what libraries lend and nothing of the runbook names: it is no part of it. What the
 * runbook declares itself stays, used or not.
 */
final class Pruning {
  private final Runbook runbook;
  private final Lent lent;
  private final Sources sources;
  private final ActionCatalogue catalogue;

  Pruning(Runbook runbook, Lent lent, Sources sources, ActionCatalogue catalogue) {
    this.runbook = runbook;
    this.lent = lent;
    this.sources = sources;
    this.catalogue = catalogue;
  }

  /** The runbook with what it needs. */
  Runbook pruned() {
    if (sources.libraries().isEmpty()) {
      return runbook;
    }
    Runbook named = lent.isEmpty() ? runbook : named();
    return with(named, name -> true, taken(subject(named)));
  }

  private Subject subject(Runbook one) {
    return new Subject(sources.whole(), one, catalogue, new StepTree(one));
  }

  private Runbook named() {
    Subject all = subject(runbook);
    Set<Declared> own = new LinkedHashSet<>(UseCollector.declared(all));
    own.removeIf(this::isLent);
    Uses uses = UseCollector.of(all);
    Uses.At top = uses.at(null, "");
    runbook.defaults().values().stream()
        .flatMap(family -> family.values().stream())
        .filter(this::isOwn)
        .forEach(entry -> top.value(entry.value()));
    Set<Declared> reached = new LinkedHashSet<>(uses.used());
    reached.addAll(uses.reached(own));
    return with(runbook, one -> !isLent(one) || reached.contains(one), runbook.defaults());
  }

  private boolean isLent(Declared one) {
    return switch (one.kind()) {
      case FACT -> lent.fact(one.name());
      case PARAMETER -> lent.param(one.name());
      case INPUT -> lent.input(one.name());
      case BLOCK -> lent.block(one.name());
      case ARGUMENT -> lent.block(one.owner());
    };
  }

  private boolean isOwn(ValueExpr.Entry entry) {
    SourceFile holder = sources.file(entry.key().span());
    return holder == sources.own();
  }

  /** The runbook's own defaults, and those of libraries that an action of it takes. */
  private Map<String, Map<String, ValueExpr.Entry>> taken(Subject subject) {
    Set<ValueExpr> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ActionUse use : subject.uses()) {
      ActionTyping.defaults(subject, use).values().forEach(entry -> taken.add(entry.value()));
    }
    Map<String, Map<String, ValueExpr.Entry>> left = new LinkedHashMap<>();
    subject
        .runbook()
        .defaults()
        .forEach(
            (family, entries) -> {
              Map<String, ValueExpr.Entry> some = new LinkedHashMap<>(entries);
              some.values().removeIf(entry -> !isOwn(entry) && !taken.contains(entry.value()));
              if (!some.isEmpty() || entries.isEmpty()) {
                left.put(family, some);
              }
            });
    return left;
  }

  private static Runbook with(
      Runbook all, Predicate<Declared> kept, Map<String, Map<String, ValueExpr.Entry>> defaults) {
    return new Runbook(
        all.metadata(),
        some(all.params(), Kind.PARAMETER, kept),
        all.detectors(),
        some(all.inputs(), Kind.INPUT, kept),
        all.target(),
        defaults,
        all.families().stream().filter(family -> defaults.containsKey(family.name())).toList(),
        some(all.diagnose(), Kind.FACT, kept),
        all.severity(),
        all.classify(),
        all.guardrails(),
        all.remediate(),
        some(all.blocks(), Kind.BLOCK, kept),
        all.verify(),
        all.rollback(),
        all.summary(),
        all.notices(),
        all.resolve(),
        all.escalate(),
        all.postmortem(),
        all.span());
  }

  private static <T> Map<String, T> some(Map<String, T> all, Kind kind, Predicate<Declared> kept) {
    Map<String, T> some = new LinkedHashMap<>(all);
    some.keySet().removeIf(name -> !kept.test(Declared.of(kind, name)));
    return some;
  }
}
