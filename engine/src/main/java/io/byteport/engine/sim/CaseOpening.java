package io.byteport.engine.sim;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.test.Given;
import io.byteport.dsl.test.TestCase;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.eval.ValuePrinter;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunId;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.InputBinder;
import io.byteport.engine.signal.InputBinding;
import io.byteport.engine.signal.ParamBinder;
import io.byteport.engine.signal.ParamBinding;
import io.byteport.engine.signal.ParamSources;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.signal.TargetBuilder;
import io.byteport.engine.spi.Inventory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the first event of a case: binds parameters and inputs and builds the target. */
final class CaseOpening {
  private final Evaluator evaluator;

  CaseOpening(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** What came of it. */
  sealed interface Result {}

  record Opens(Event.Opened event) implements Result {}

  /**
   * @param reasons why the runbook would not take this signal; at least one
   */
  record Refuses(List<String> reasons) implements Result {
    Refuses {
      reasons = List.copyOf(reasons);
    }
  }

  Result of(CheckedRunbook runbook, TestCase testCase) {
    return of(runbook, testCase.given(), Map.of());
  }

  /**
   * @param params by name as they are written, stronger than those that are given
   */
  Result of(CheckedRunbook runbook, Given given, Map<String, String> params) {
    Inventory inventory = inventory(given);
    ParamSources sources = new ParamSources(params, given.params(), Map.of());
    return switch (new ParamBinder(evaluator, inventory).bind(runbook, sources)) {
      case ParamBinding.Refused refused ->
          new Refuses(refused.problems().stream().map(Object::toString).toList());
      case ParamBinding.Bound bound ->
          open(new EnabledRunbook(runbook, bound.params()), given, inventory);
    };
  }

  private Result open(EnabledRunbook enabled, Given given, Inventory inventory) {
    Signal signal = signal(enabled.runbook(), given);
    InputBinding inputs =
        new InputBinder(evaluator, inventory)
            .bind(
                enabled, inputs(enabled.runbook(), given, inventory), signal.labels(), given.now());
    if (!inputs.isComplete()) {
      return new Refuses(inputs.problems().stream().map(Object::toString).toList());
    }
    TargetBuilder targets = new TargetBuilder(evaluator, inventory);
    return switch (targets.build(enabled, inputs.inputs(), signal, given.now())) {
      case TargetBuilder.Unknown unknown -> new Refuses(List.of(unknown.reason()));
      case TargetBuilder.Built built ->
          new Opens(
              new Event.Opened(
                  given.now(),
                  new RunId("test-run"),
                  enabled.id(),
                  enabled.runbook().runbook().metadata().version(),
                  enabled.runbook().source().text(),
                  given.dryRun() ? Mode.DRY_RUN : Mode.LIVE,
                  signal,
                  enabled.params(),
                  inputs.inputs(),
                  built.target(),
                  built.key()));
    };
  }

  private static Inventory inventory(Given given) {
    return new Inventory(
        given.connections().stream()
            .map(
                entry ->
                    new Inventory.Entry(
                        entry.kind(),
                        entry.type(),
                        entry.name(),
                        entry.aliases(),
                        entry.settings(),
                        Map.of(),
                        entry.labels(),
                        entry.annotations()))
            .toList());
  }

  private static Signal signal(CheckedRunbook runbook, Given given) {
    Given.Signal signal = given.signal();
    String severity = signal.severity();
    String fingerprint = signal.fingerprint();
    return new Signal(
        signal.type(),
        signal.source(),
        Signal.Severity.valueOf(
            (severity == null ? runbook.runbook().metadata().severity() : severity)
                .toUpperCase(Locale.ROOT)),
        signal.cleared() ? Signal.Status.RESOLVED : Signal.Status.FIRING,
        labels(runbook, given),
        signal.startedAt() == null ? given.now() : signal.startedAt(),
        signal.value(),
        fingerprint == null ? "test" : fingerprint,
        signal.link());
  }

  /**
   * Without those that name an entry of the inventory, which is looked up as a signal's label is.
   */
  private static Map<String, Value> inputs(
      CheckedRunbook runbook, Given given, Inventory inventory) {
    Map<String, Value> inputs = new LinkedHashMap<>(given.inputs());
    for (Runbook.Input input : runbook.runbook().inputs().values()) {
      String name = input.id().name();
      Type type = runbook.inputs().getOrDefault(name, Type.Special.ANY).nonNull();
      Value value = given.inputs().getOrDefault(name, Value.NULL);
      if (!value.isNull() && !input.from().isEmpty()) {
        runbook.catalogue().inventory().entrySet().stream()
            .filter(kind -> kind.getValue().equals(type))
            .filter(
                kind -> inventory.find(kind.getKey(), ValuePrinter.print(value, type)).isPresent())
            .forEach(kind -> inputs.remove(name));
      }
    }
    return inputs;
  }

  /** The signal's labels, and the inputs as if it had said them. */
  private static Map<String, String> labels(CheckedRunbook runbook, Given given) {
    Map<String, String> labels = new LinkedHashMap<>(given.signal().labels());
    for (Runbook.Input input : runbook.runbook().inputs().values()) {
      String name = input.id().name();
      Value value = given.inputs().getOrDefault(name, Value.NULL);
      if (!value.isNull() && !input.from().isEmpty()) {
        Type type = runbook.inputs().getOrDefault(name, Type.Special.ANY);
        labels.putIfAbsent(input.from().getFirst(), ValuePrinter.print(value, type));
      }
    }
    return labels;
  }
}
