package io.byteport.engine.signal;

import io.byteport.dsl.check.Generations;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.model.Runbook.Detector;
import io.byteport.dsl.model.Runbook.Metadata;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.signal.Routing.Candidate;
import io.byteport.engine.signal.Routing.Chosen;
import io.byteport.engine.signal.Routing.Refused;
import io.byteport.engine.spi.Inventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Chooses the runbook for a signal among the enabled ones. Those that claim its type by the id or
 * an alias of a detector; of these, those whose inputs and target the signal gives; of these, those
 * that no other of them supersedes; of these, the one with the most specific target, and of equals
 * the first by id. The choice depends on nothing else. Safe for several threads.
 */
public final class Router {
  private final InputBinder inputs;
  private final TargetBuilder targets;

  public Router(Evaluator evaluator, Inventory inventory) {
    this.inputs = new InputBinder(evaluator, inventory);
    this.targets = new TargetBuilder(evaluator, inventory);
  }

  private record Fitting(
      EnabledRunbook enabled, StructValue inputs, StructValue target, String targetKey) {
    String id() {
      return enabled.id();
    }

    int rank() {
      return Specificity.rank(enabled.runbook().runbook().target().type().name());
    }
  }

  /**
   * @param enabled each runbook once
   * @param now for inputs and targets that name the time
   */
  public Routing route(Signal signal, Collection<EnabledRunbook> enabled, Instant now) {
    if (signal.status() == Signal.Status.RESOLVED) {
      return new Routing.Cleared();
    }
    List<EnabledRunbook> claimants =
        enabled.stream().filter(one -> types(one).contains(signal.type())).toList();
    if (claimants.isEmpty()) {
      return unclaimed(signal, enabled);
    }
    List<Candidate> dropped = new ArrayList<>();
    List<Fitting> fitting = new ArrayList<>();
    for (EnabledRunbook claimant : claimants) {
      consider(signal, claimant, now, fitting, dropped);
    }
    if (fitting.isEmpty()) {
      return new Refused(
          "No enabled runbook can take `" + signal.type() + "`: the signal does not say enough",
          dropped);
    }
    Generations generations =
        new Generations(enabled.stream().map(one -> one.runbook().runbook().metadata()).toList());
    List<Fitting> current = notSuperseded(fitting, generations, dropped);
    Fitting best =
        Collections.min(current, Comparator.comparingInt(Fitting::rank).thenComparing(Fitting::id));
    for (Fitting other : current) {
      if (!other.equals(best)) {
        dropped.add(new Candidate(other.id(), precedes(best, other)));
      }
    }
    return new Chosen(
        best.enabled().runbook(),
        best.enabled().params(),
        best.inputs(),
        best.target(),
        best.targetKey(),
        dropped);
  }

  private static Refused unclaimed(Signal signal, Collection<EnabledRunbook> enabled) {
    Set<String> known = new TreeSet<>();
    enabled.forEach(one -> known.addAll(types(one)));
    String hint =
        Suggestions.nearest(signal.type(), known)
            .map(nearest -> "; the nearest that one has is `" + nearest + "`")
            .orElse("");
    return new Refused(
        "No enabled runbook has a detector `" + signal.type() + "`" + hint, List.of());
  }

  /** The types of signals that a runbook claims. */
  static Set<String> types(EnabledRunbook enabled) {
    Set<String> types = new LinkedHashSet<>();
    for (Detector detector : enabled.runbook().runbook().detectors().values()) {
      types.add(detector.id().name());
      detector.aliases().forEach(alias -> types.add(alias.name()));
    }
    return types;
  }

  private void consider(
      Signal signal,
      EnabledRunbook claimant,
      Instant now,
      List<Fitting> fitting,
      List<Candidate> dropped) {
    InputBinding binding = inputs.bind(claimant, signal.labels(), now);
    if (!binding.isComplete()) {
      dropped.add(
          new Candidate(
              claimant.id(),
              binding.problems().stream().map(Object::toString).collect(Collectors.joining("; "))));
      return;
    }
    switch (targets.build(claimant, binding.inputs(), signal, now)) {
      case TargetBuilder.Built built ->
          fitting.add(new Fitting(claimant, binding.inputs(), built.target(), built.key()));
      case TargetBuilder.Unknown unknown ->
          dropped.add(new Candidate(claimant.id(), unknown.reason()));
    }
  }

  private static List<Fitting> notSuperseded(
      List<Fitting> fitting, Generations generations, List<Candidate> dropped) {
    List<Fitting> current = new ArrayList<>();
    for (Fitting one : fitting) {
      Metadata metadata = one.enabled().runbook().runbook().metadata();
      fitting.stream()
          .filter(
              other ->
                  generations.supersedes(other.enabled().runbook().runbook().metadata(), metadata))
          .findFirst()
          .ifPresentOrElse(
              other ->
                  dropped.add(new Candidate(one.id(), "it is superseded by `" + other.id() + "`")),
              () -> current.add(one));
    }
    return current;
  }

  private static String precedes(Fitting best, Fitting other) {
    return best.rank() < other.rank()
        ? "the target of `"
            + best.id()
            + "` is more specific ("
            + type(best)
            + " before "
            + type(other)
            + ")"
        : "`" + best.id() + "` comes first by name";
  }

  private static String type(Fitting fitting) {
    return fitting.enabled().runbook().runbook().target().type().name();
  }
}
