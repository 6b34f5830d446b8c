package io.byteport.dsl.test;

import io.byteport.dsl.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a case starts from. Values are of the types that the runbook and its actions declare.
 *
 * @param dryRun whether changes are only planned
 * @param now when the case begins
 * @param inputs those that are given, by name; they outweigh the signal's labels
 * @param params those that are given, by name; the others have their defaults
 * @param connections entries of the inventory
 * @param facts what reads find, by id; one that is not given is unavailable
 * @param steps what actions do, by id; one that is not given succeeds and returns nothing
 * @param ledger what was done before
 * @param locks what other runs hold
 * @param approvals what humans answer, by guardrail; where nothing is given nobody answers
 */
public record Given(
    boolean dryRun,
    Instant now,
    Signal signal,
    Map<String, Value> inputs,
    Map<String, Value> params,
    List<Connection> connections,
    Map<String, Fact> facts,
    Map<String, Step> steps,
    List<Past> ledger,
    List<Lock> locks,
    Map<String, Boolean> approvals) {

  public Given {
    inputs = frozen(inputs);
    params = frozen(params);
    connections = List.copyOf(connections);
    facts = frozen(facts);
    steps = frozen(steps);
    ledger = List.copyOf(ledger);
    locks = List.copyOf(locks);
    approvals = frozen(approvals);
  }

  /** The same, but changes are only planned. */
  public Given asDryRun() {
    return new Given(
        true, now, signal, inputs, params, connections, facts, steps, ledger, locks, approvals);
  }

  /** The same, but opened by this signal. */
  public Given with(Signal other) {
    return new Given(
        dryRun, now, other, inputs, params, connections, facts, steps, ledger, locks, approvals);
  }

  static <T> Map<String, T> frozen(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * The signal that opens the incident.
   *
   * @param severity null for the runbook's own
   * @param startedAt null for {@code now}
   */
  public record Signal(
      String type,
      String source,
      @Nullable String severity,
      boolean cleared,
      Map<String, String> labels,
      @Nullable Instant startedAt,
      @Nullable String value,
      @Nullable String fingerprint,
      @Nullable String link) {
    public Signal {
      labels = frozen(labels);
    }
  }

  /** What a read finds. */
  public sealed interface Fact {

    /** This value, whose records may lack fields: those are not known. */
    record Is(Value value) implements Fact {}

    /** Nothing, for this reason. */
    record Unavailable(String reason) implements Fact {}

    /** Nothing within the time that the read is given. */
    record TimesOut() implements Fact {}
  }

  /**
   * What an action does.
   *
   * @param result what it returns
   * @param changed whether the world was another one before
   * @param fails the other side's words where it certainly did nothing; null where it succeeds
   * @param unavailable why nobody knows whether it took effect; null where that is known
   * @param timesOut whether nothing is heard of it within the time that it is given
   * @param tookEffect what is found out about a change of which nobody knows; null for nothing
   * @param settles how long its effect takes to be complete
   * @param then facts that are different from then on
   */
  public record Step(
      Value result,
      boolean changed,
      @Nullable String fails,
      @Nullable String unavailable,
      boolean timesOut,
      @Nullable Boolean tookEffect,
      Duration settles,
      Map<String, Fact> then) {
    public Step {
      then = frozen(then);
    }
  }

  /**
   * An entry of the inventory.
   *
   * @param kind such as {@code database}
   * @param type such as {@code postgres}; the kind where no more is said
   * @param settings everything else that is said of it: a text or a list of texts each
   */
  public record Connection(
      String kind,
      String type,
      String name,
      List<String> aliases,
      Map<String, Value> settings,
      Map<String, String> labels,
      Map<String, String> annotations) {
    public Connection {
      aliases = List.copyOf(aliases);
      settings = frozen(settings);
      labels = frozen(labels);
      annotations = frozen(annotations);
    }
  }

  /**
   * Something that was done before.
   *
   * @param step of this runbook; null where only the action is known
   * @param action its action
   * @param elsewhere whether another runbook did it
   * @param with what it was given, as far as that is told
   * @param target what it was about; null for what this incident is about
   */
  public record Past(
      @Nullable String step,
      String action,
      boolean elsewhere,
      Map<String, Value> with,
      Value.@Nullable StructValue target,
      Instant at) {
    public Past {
      with = frozen(with);
    }
  }

  /**
   * A lock that another run holds.
   *
   * @param per what is locked; empty for whatever this runbook would lock
   */
  public record Lock(String name, List<Value> per, String by) {
    public Lock {
      per = List.copyOf(per);
    }
  }
}
