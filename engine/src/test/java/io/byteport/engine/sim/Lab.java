package io.byteport.engine.sim;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionCatalogueLoader;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Deed;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.Links;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.sim.Fixture.Answer;
import io.byteport.engine.sim.Fixture.StepAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets up and plays runs about a box. */
final class Lab {
  static final Instant START = Instant.parse("2026-11-21T03:00:00Z");
  static final Interpreter INTERPRETER = new Interpreter(new Evaluator(), Links.NONE);
  static final RunbookLoader LOADER = new RunbookLoader(catalogue());

  private static final String HEAD =
      """
      apiVersion: byteport.io/v1
      kind: Runbook
      metadata:
        id: mend_box
        title: A box is broken
        category: test
        severity: high
        status: shipped
        version: 1.0.0
      detectors:
        box_broken:
          doc: A box is broken
      inputs:
        name: { type: string, required: true, doc: Which box }
      target:
        type: box
        name: ${inputs.name}
      summary: ${target.name} ${run.result}
      """;

  private final CheckedRunbook runbook;
  private Mode mode = Mode.LIVE;
  private Policy policy = Policy.ACT;
  private StructValue params = StructValue.EMPTY;
  private final Map<String, Answer> facts = new LinkedHashMap<>();
  private final Map<String, StepAnswer> steps = new LinkedHashMap<>();
  private final Map<String, Boolean> approvals = new LinkedHashMap<>();
  private final List<Fixture.Used> used = new ArrayList<>();
  private final List<Fixture.Locked> locked = new ArrayList<>();
  private final List<Fixture.Later> later = new ArrayList<>();
  private SimulatedRun.@Nullable Played played;

  private Lab(CheckedRunbook runbook) {
    this.runbook = runbook;
  }

  private static ActionCatalogue catalogue() {
    try (InputStream in = Lab.class.getResourceAsStream("/catalogues/lab.yaml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Checked<ActionCatalogue> loaded =
          ActionCatalogueLoader.load(List.of(new SourceFile("lab.yaml", text)));
      return loaded.value().orElseThrow(() -> new AssertionError(loaded.diagnostics().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A runbook about a box: the sections after {@code target}, a summary among them or not. */
  static Lab of(String... sections) {
    String own = String.join("", sections);
    boolean summary = own.lines().anyMatch(line -> line.startsWith("summary:"));
    String text = (summary ? HEAD.replaceAll("(?m)^summary:.*\n", "") : HEAD) + own;
    Checked<CheckedRunbook> loaded = LOADER.load(new SourceFile("mend_box.yaml", text));
    return new Lab(
        loaded
            .value()
            .orElseThrow(
                () ->
                    new AssertionError(
                        loaded.diagnostics().stream()
                                .map(found -> found.code() + ": " + found.message())
                                .toList()
                            + "\n"
                            + text)));
  }

  CheckedRunbook runbook() {
    return runbook;
  }

  Lab dryRun() {
    mode = Mode.DRY_RUN;
    return this;
  }

  Lab under(Policy level) {
    policy = level;
    return this;
  }

  Lab params(Object... fields) {
    params = struct(fields);
    return this;
  }

  Lab fact(String fact, Object... fields) {
    facts.put(fact, new Answer.Is(struct(fields)));
    return this;
  }

  Lab is(String fact, Value value) {
    facts.put(fact, new Answer.Is(value));
    return this;
  }

  Lab unavailable(String fact, String reason) {
    facts.put(fact, new Answer.Unavailable(reason));
    return this;
  }

  Lab step(String step, StepAnswer answer) {
    steps.put(step, answer);
    return this;
  }

  Lab approval(String guardrail, boolean answer) {
    approvals.put(guardrail, answer);
    return this;
  }

  Lab used(String name, String ago) {
    used.add(new Fixture.Used(Set.of(name), Set.of(), false, START.minus(duration(ago))));
    return this;
  }

  Lab locked(String lock, String by) {
    locked.add(new Fixture.Locked(lock, List.of(), by, null));
    return this;
  }

  Lab lockedUntil(String lock, String by, String in) {
    locked.add(new Fixture.Locked(lock, List.of(), by, START.plus(duration(in))));
    return this;
  }

  Lab later(@Nullable String after, String in, String fact, Object... fields) {
    later.add(
        new Fixture.Later(
            after, duration(in), Map.of(fact, new Answer.Is(struct(fields))), Map.of(), null));
    return this;
  }

  Lab laterUnavailable(@Nullable String after, String in, String fact, String reason) {
    later.add(
        new Fixture.Later(
            after, duration(in), Map.of(fact, new Answer.Unavailable(reason)), Map.of(), null));
    return this;
  }

  Lab laterStep(@Nullable String after, String in, String step, StepAnswer answer) {
    later.add(new Fixture.Later(after, duration(in), Map.of(), Map.of(step, answer), null));
    return this;
  }

  Lab laterSignal(@Nullable String after, String in, Signal.Status status) {
    later.add(new Fixture.Later(after, duration(in), Map.of(), Map.of(), status));
    return this;
  }

  Event.Opened opened() {
    Signal signal =
        new Signal(
            "box_broken",
            "test",
            Signal.Severity.HIGH,
            Signal.Status.FIRING,
            Map.of("name", "b1"),
            START.minusSeconds(60),
            null,
            "f1",
            null);
    return new Event.Opened(
        START,
        new RunId("run-1"),
        runbook.id(),
        "1.0.0",
        runbook.source().text(),
        mode,
        signal,
        params,
        struct("name", "b1"),
        struct("name", "b1"),
        "box/b1",
        policy);
  }

  Fixture fixture() {
    return new Fixture(facts, steps, approvals, used, locked, later);
  }

  SimulatedRun.Played played() {
    SimulatedRun.Played current = played;
    if (current == null) {
      current = SimulatedRun.play(INTERPRETER, runbook, opened(), fixture());
      played = current;
    }
    return current;
  }

  RunReport report() {
    return played().report();
  }

  RunResult result() {
    return report().result();
  }

  List<String> did() {
    return played().state().did().stream().map(Deed::step).toList();
  }

  List<String> planned() {
    return played().state().planned().stream().map(Deed::step).toList();
  }

  /** An entry of the postmortem, which is how these runbooks show what expressions come to. */
  Value value(String entry) {
    Value value = report().postmortem().get(entry);
    if (value == null) {
      throw new AssertionError("no such entry: " + entry);
    }
    return value;
  }

  <T extends Command> List<T> commands(Class<T> type) {
    return played().commands().stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends Note> List<T> notes(Class<T> type) {
    return played().journal().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The changes that were made or tried, by key. */
  List<String> changes() {
    return played().events().stream()
        .filter(Event.ChangeIntended.class::isInstance)
        .map(event -> ((Event.ChangeIntended) event).step())
        .toList();
  }

  /** How long after the start something happened. */
  static Duration since(Instant at) {
    return Duration.between(START, at);
  }

  static Duration duration(String text) {
    return io.byteport.dsl.value.Quantities.duration(text).orElseThrow();
  }

  static StructValue struct(Object... fields) {
    Map<String, Value> map = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      map.put((String) fields[i], of(fields[i + 1]));
    }
    return Value.of(map);
  }

  static Value list(Object... items) {
    return Value.of(Arrays.stream(items).map(Lab::of).toList());
  }

  static StructValue item(String name, int size, boolean kept) {
    return struct("name", name, "size", size, "kept", kept);
  }

  private static Value of(@Nullable Object value) {
    return switch (value) {
      case null -> Value.NULL;
      case Value ready -> ready;
      case Boolean bool -> Value.of(bool);
      case Integer number -> Value.of(number);
      case Double number -> Value.of(number);
      case Instant at -> Value.of(at);
      case Duration duration -> Value.of(duration);
      case String text -> Value.of(text);
      default -> throw new IllegalArgumentException(String.valueOf(value));
    };
  }
}
