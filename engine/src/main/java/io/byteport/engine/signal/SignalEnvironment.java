package io.byteport.engine.signal;

import io.byteport.dsl.model.Runbook.Metadata;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Environment;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Sample;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What names stand for before there is a run: parameters and the runbook; then the inputs and the
 * signal; in a detector its result.
 */
public record SignalEnvironment(Map<String, Evaluation> roots, Instant now, List<Sample> history)
    implements Environment {

  public SignalEnvironment {
    roots = Collections.unmodifiableMap(new LinkedHashMap<>(roots));
  }

  /** What is known without any signal. */
  static SignalEnvironment always(EnabledRunbook enabled, Instant now) {
    return new SignalEnvironment(
        Map.of(
            "params", Evaluation.of(enabled.params()),
            "runbook", Evaluation.of(runbook(enabled.runbook().runbook().metadata()))),
        now,
        List.of());
  }

  /** What is known of a signal alone: for what says which signal an alert is. */
  public static SignalEnvironment of(Signal signal, Instant now) {
    return empty(now).with(signal);
  }

  /** Knows nothing but the time: for what may name nothing. */
  static SignalEnvironment empty(Instant now) {
    return new SignalEnvironment(Map.of(), now, List.of());
  }

  SignalEnvironment with(String name, Value value) {
    return with(name, Evaluation.of(value));
  }

  SignalEnvironment with(String name, Evaluation evaluation) {
    Map<String, Evaluation> more = new LinkedHashMap<>(roots);
    more.put(name, evaluation);
    return new SignalEnvironment(more, now, history);
  }

  SignalEnvironment with(List<Sample> earlier) {
    return new SignalEnvironment(roots, now, earlier);
  }

  SignalEnvironment with(Signal signal) {
    return with("signal", SignalValue.of(signal));
  }

  @Override
  public Evaluation root(String name) {
    Evaluation known = roots.get(name);
    return known == null ? Evaluation.because(name, "has no value here") : known;
  }

  @Override
  public Evaluation member(String root, String field) {
    return root.equals("runbook") && field.equals("link")
        ? Evaluation.because("runbook.link", "is not known before the run")
        : Environment.super.member(root, field);
  }

  private static StructValue runbook(Metadata metadata) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("id", Value.of(metadata.id().name()));
    fields.put("title", Value.of(metadata.title()));
    fields.put("category", Value.of(metadata.category()));
    fields.put("severity", Value.of(metadata.severity()));
    fields.put("status", Value.of(metadata.status()));
    fields.put("version", Value.of(metadata.version()));
    return Value.of(fields);
  }
}
