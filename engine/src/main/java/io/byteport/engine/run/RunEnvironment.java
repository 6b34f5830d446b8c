package io.byteport.engine.run;

import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Environment;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Sample;
import io.byteport.engine.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the names of a runbook's expressions stand for at one moment of a run. Computed facts are
 * evaluated when they are asked for, once. Used by one thread.
 */
final class RunEnvironment implements Environment {
  static final String NOT_YET = "has not run yet";

  private final Moment moment;
  private final RunState state;
  private final Locals locals;
  private final boolean ahead;

  /**
   * @param ahead whether this looks at steps that are still to come, so that what they leave behind
   *     is not known yet
   */
  RunEnvironment(Moment moment, Locals locals, boolean ahead) {
    this.moment = moment;
    this.state = moment.state();
    this.locals = locals;
    this.ahead = ahead;
  }

  @Override
  public Instant now() {
    return state.at();
  }

  @Override
  public List<Sample> history() {
    return state.knowledge().history();
  }

  @Override
  public Evaluation root(String name) {
    Value local = locals.get(name);
    if (local != null) {
      return Evaluation.of(local);
    }
    Fact fact = moment.graph().fact(name);
    if (fact != null) {
      return fact(name, fact);
    }
    return switch (name) {
      case "params" -> Evaluation.of(state.opening().params());
      case "inputs" -> Evaluation.of(state.opening().inputs());
      case "target" -> Evaluation.of(state.opening().target());
      case "signal" -> Evaluation.of(signal());
      case "now" -> Evaluation.of(Value.of(state.at()));
      case "class" -> decided(decision -> Value.of(decision.classId()));
      case "confidence" -> decided(decision -> Value.of(decision.confidence()));
      case "severity" -> decided(decision -> Value.of(decision.severity()));
      case "runbook" -> Evaluation.of(runbook());
      case "run" -> struct("run", RunFacts.NAMES);
      case "guardrails" ->
          struct("guardrails", List.copyOf(state.runbook().runbook().guardrails().keySet()));
      case "steps" -> struct("steps", List.copyOf(moment.steps().keySet()));
      case "before" -> struct("before", moment.graph().order());
      case "postmortem" -> Evaluation.of(moment.postmortem());
      default -> Evaluation.because(name, "has no value here");
    };
  }

  @Override
  public Evaluation member(String root, String field) {
    if (locals.get(root) == null && moment.graph().fact(root) == null) {
      switch (root) {
        case "run" -> {
          return new RunFacts(moment).get(field);
        }
        case "guardrails" -> {
          return guardrail(field);
        }
        case "steps" -> {
          return step(field);
        }
        case "before" -> {
          return before(field);
        }
        default -> {
          // an ordinary record
        }
      }
    }
    return switch (root(root)) {
      case Evaluation.Undecided undecided -> undecided;
      case Evaluation.Known known ->
          Evaluation.of(
              known.value() instanceof StructValue struct ? struct.get(field) : Value.NULL);
    };
  }

  /** A record of members of which each may be unknown; those are left out. */
  private Evaluation struct(String root, List<String> names) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (String name : names) {
      member(root, name).known().ifPresent(value -> fields.put(name, value));
    }
    return Evaluation.of(Value.of(fields));
  }

  private Evaluation fact(String name, Fact fact) {
    return switch (fact) {
      case Fact.Read read -> {
        Reading reading = state.knowledge().readings().get(name);
        yield reading == null
            ? Evaluation.because(name, "has not been read")
            : reading.evaluation(name);
      }
      case Fact.Computed computed ->
          moment.remember(ahead, name, () -> moment.evaluate(computed.expr(), pure()));
      case Fact.Chosen chosen -> moment.remember(ahead, name, () -> choose(chosen.choice()));
    };
  }

  private Evaluation choose(Choice choice) {
    return moment.expressions(ahead).choose(choice, Locals.NONE);
  }

  /** Facts never see what holds only in one place. */
  private RunEnvironment pure() {
    return locals.values().isEmpty() ? this : new RunEnvironment(moment, Locals.NONE, ahead);
  }

  private Evaluation decided(java.util.function.Function<Decision, Value> part) {
    Decision decision = state.decision();
    return Evaluation.of(decision == null ? Value.NULL : part.apply(decision));
  }

  private StructValue signal() {
    Signal signal = state.opening().signal();
    Map<String, Value> labels = new LinkedHashMap<>();
    signal.labels().forEach((label, text) -> labels.put(label, Value.of(text)));
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("type", Value.of(signal.type()));
    fields.put("source", Value.of(signal.source()));
    fields.put("severity", Value.of(signal.severity().name().toLowerCase(Locale.ROOT)));
    fields.put("status", Value.of(state.alert().cleared() ? "resolved" : "firing"));
    fields.put("labels", Value.of(labels));
    fields.put("startedAt", Value.of(signal.startedAt()));
    fields.put("cleared", Value.of(state.alert().cleared()));
    fields.put("value", number(signal.value()));
    fields.put("fingerprint", Value.of(signal.fingerprint()));
    fields.put("link", text(signal.link()));
    return Value.of(fields);
  }

  private static Value number(@Nullable String text) {
    if (text == null) {
      return Value.NULL;
    }
    try {
      double number = Double.parseDouble(text.trim());
      return Double.isFinite(number) ? Value.of(number) : Value.NULL;
    } catch (NumberFormatException noNumber) {
      return Value.NULL;
    }
  }

  static Value text(@Nullable String text) {
    return text == null ? Value.NULL : Value.of(text);
  }

  private StructValue runbook() {
    Runbook.Metadata metadata = state.runbook().runbook().metadata();
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("id", Value.of(metadata.id().name()));
    fields.put("title", Value.of(metadata.title()));
    fields.put("category", Value.of(metadata.category()));
    fields.put("severity", Value.of(metadata.severity()));
    fields.put("status", Value.of(metadata.status()));
    fields.put("version", Value.of(metadata.version()));
    fields.put("link", Value.of(moment.links().runbook(metadata.id().name())));
    return Value.of(fields);
  }

  private Evaluation guardrail(String id) {
    GuardrailRecord record = state.guardrails().get(id);
    if (record == null || record.used() == null) {
      return Evaluation.because("guardrails." + id, "has not been looked at");
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("used", Value.of(record.used()));
    fields.put("left", record.left() == null ? Value.NULL : Value.of(record.left()));
    fields.put("history", Value.of(record.history().stream().map(Value::of).toList()));
    fields.put("holder", record.holder() == null ? Value.NULL : Value.of(record.holder().value()));
    fields.put("approvedBy", text(record.approvedBy()));
    return Evaluation.of(Value.of(fields));
  }

  private Evaluation step(String id) {
    StepRecord record = state.step(id);
    if (ahead && record.status() == Note.StepStatus.PENDING) {
      return Evaluation.because("steps." + id, NOT_YET);
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("status", Value.of(record.status().name().toLowerCase(Locale.ROOT)));
    fields.put("ok", Value.of(record.ok()));
    fields.put("changed", Value.of(record.changed()));
    fields.put("reason", text(record.reason()));
    fields.put("command", text(record.command()));
    fields.put("error", text(record.error()));
    Instant started = record.startedAt();
    Instant ended = record.endedAt() == null ? state.at() : record.endedAt();
    fields.put("took", started == null ? Value.NULL : Value.of(Duration.between(started, ended)));
    Step step = moment.steps().get(id);
    boolean list = step instanceof Step.Act act && act.forEach() != null;
    fields.put("result", record.result().isNull() && list ? NOTHING_DONE : record.result());
    return Evaluation.of(Value.of(fields));
  }

  /** What a step over a list leaves where it never ran. */
  static final Value NOTHING_DONE =
      Value.of(
          Map.of("done", ListValue.EMPTY, "failed", ListValue.EMPTY, "refused", ListValue.EMPTY));

  private Evaluation before(String fact) {
    Map<String, Evaluation> before = state.knowledge().before();
    if (before == null) {
      // until the classifying pass is over, the facts are what they are
      return root(fact);
    }
    Evaluation evaluation = before.get(fact);
    return evaluation == null
        ? Evaluation.because("before." + fact, "was not read before the classification")
        : evaluation;
  }
}
