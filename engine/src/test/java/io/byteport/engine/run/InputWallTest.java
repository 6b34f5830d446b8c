package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionCatalogueLoader;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.sim.Fixture;
import io.byteport.engine.sim.SimulatedRun;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The runbooks are read with a catalogue that says nothing of what may stand in an input, as if the
 * first wall were absent; the action that is asked about is the strict one.
 */
class InputWallTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Interpreter INTERPRETER = new Interpreter(new Evaluator(), Links.NONE);

  private static final String STRICT =
      """
      types:
        Box: { key: [name], name: string }
        Place: { key: [name], name: string }
      targets: { box: Box }
      inventory: { place: Place }
      resources: { core: [boxes] }
      actions:
        box.run:
          doc: Runs something
          effect: change
          inputs:
            argv: { type: list<string>, untrusted: notFirst, noLeadingDash: true }
            name: { type: string, noLeadingDash: true }
            files: { type: list<path>, within: roots }
            file: { type: path, within: roots }
            roots: list<path>
            query: { type: string, untrusted: never }
            url: { type: string, credentials: true }
            columns: { type: list<string>, literal: true }
            pattern: regex
            place: Place
            text: string
          needs: { resources: { boxes: [patch] } }
          preview: box run
          repeat: no
          settled: at once
      """;

  private static final ActionCatalogue WALLED = catalogue(STRICT);
  private static final ActionCatalogue LAX =
      catalogue(
          STRICT
              .replaceAll("\\{ type: (\\S+), [^}]*}", "$1")
              .replace("pattern: regex", "pattern: string"));

  private static ActionCatalogue catalogue(String text) {
    Checked<ActionCatalogue> loaded =
        ActionCatalogueLoader.load(List.of(new SourceFile("box.yaml", text)));
    return loaded.value().orElseThrow(() -> new AssertionError(loaded.diagnostics().toString()));
  }

  private static CheckedRunbook runbook(ActionCatalogue catalogue, String with) {
    String text =
        """
        apiVersion: byteport.io/v1
        kind: Runbook
        metadata:
          id: run_box
          title: A box is to be run
          category: test
          severity: high
          status: shipped
          version: 1.0.0
        params:
          option: { type: string, default: --fast, doc: An option }
          command: { type: list<string>, default: [box, -x], doc: A command }
        detectors:
          box_broken: { doc: A box is broken }
        inputs:
          name: { type: string, required: true, doc: Which box }
        target: { type: box, name: "${inputs.name}" }
        summary: ${target.name} ${run.result}
        diagnose:
          own: params.option
          foreign: inputs.name
        classify:
          rules:
            - { class: broken, when: inputs.name != "", confidence: 1.0, because: It is }
        guardrails:
          few: { limit: 5, every: 1h, because: It is enough }
        blocks:
          running:
            args: { option: { type: string, doc: An option } }
            steps:
              - id: in_block
                uses: box.run
                with: { name: "${args.option}" }
        remediate:
          broken:
            steps:
              - id: first
                uses: box.run
                with:
        WITH
              - call: running
                with: { option: --known }
          unknown: { advice: Look at it }
        verify: { expect: { fine: inputs.name != "" } }
        escalate: { to: { mail: {} }, nextSteps: [Look at it] }
        resolve: { to: { mail: {} } }
        """
            .replace("WITH\n", with.indent(10));
    Checked<CheckedRunbook> loaded =
        new RunbookLoader(catalogue).load(new SourceFile("run_box.yaml", text));
    return loaded
        .value()
        .orElseThrow(
            () ->
                new AssertionError(
                    loaded.diagnostics().stream()
                            .map(
                                found -> found.code() + ": " + found.message() + " " + found.span())
                            .toList()
                        + "\n"
                        + text));
  }

  private static Event.Opened opened(CheckedRunbook runbook, String name) {
    return opened(runbook, name, Mode.LIVE);
  }

  private static Event.Opened opened(CheckedRunbook runbook, String name, Mode mode) {
    StructValue box = Value.of(Map.of("name", Value.of(name)));
    return new Event.Opened(
        NOON,
        new RunId("run-1"),
        runbook.id(),
        "1.0.0",
        runbook.source().text(),
        mode,
        new Signal(
            "box_broken",
            "test",
            Signal.Severity.HIGH,
            Signal.Status.FIRING,
            Map.of("name", name),
            NOON,
            null,
            "f1",
            null),
        Value.of(
            Map.of(
                "option",
                Value.of("--fast"),
                "command",
                Value.of(List.of(Value.of("box"), Value.of("-x"))))),
        box,
        box,
        "box/" + name,
        Policy.ACT);
  }

  /** What the wall says of the step's inputs where the signal names the box so. */
  private static List<String> refused(String with, String name) {
    return refused(with, name, "first", Locals.NONE);
  }

  private static List<String> refused(String with, String name, String step, Locals locals) {
    CheckedRunbook runbook = runbook(LAX, with);
    RunState state = INTERPRETER.fold(runbook, List.of(opened(runbook, name)));
    Runbook.ActionUse use = ((Step.Act) runbook.steps().get(step)).use();
    return Inputs.of(
            runbook.runbook(),
            use,
            WALLED.action("box.run").orElseThrow(),
            INTERPRETER.expressions(state),
            locals)
        .refused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-rf", "--force", "-"})
  void text_from_outside_is_no_option(String name) {
    String refusal = "`, which comes from outside and is an option";
    assertThat(refused("argv: [rm, \"${inputs.name}\"]", name))
        .containsExactly("`argv[1]` is `" + name + refusal);
    assertThat(refused("argv: ${[\"rm\", inputs.name]}", name))
        .containsExactly("`argv[1]` is `" + name + refusal);
    assertThat(refused("name: ${inputs.name}", name))
        .containsExactly("`name` is `" + name + refusal);
    assertThat(refused("name: ${foreign}", name)).hasSize(1);
    assertThat(refused("name: ${lower(signal.labels[\"name\"])}", name)).hasSize(1);
    assertThat(refused("name: \"${inputs.name}-suffix\"", name)).hasSize(1);
    assertThat(refused("argv: [rm, \"--${inputs.name}\"]", name)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "argv: [rm, -rf, --force]",
        "argv: [rm, --, \"${inputs.name}\"]",
        "argv: ${[\"rm\", \"--\", inputs.name]}",
        "argv: [box, \"--name=${inputs.name}\", \"-n${inputs.name}\", \"x${inputs.name}\"]",
        "argv: ${params.command}",
        "argv: [box, \"${params.option}\", \"${own}\"]",
        "name: ${params.option}",
        "text: ${inputs.name}"
      })
  void options_of_the_runbook_and_of_its_parameters_pass(String with) {
    assertThat(refused(with, "-rf")).isEmpty();
  }

  @Test
  void a_separator_from_outside_ends_no_options() {
    assertThat(refused("argv: [rm, \"${inputs.name}\", \"${inputs.name}\"]", "--"))
        .containsExactly("`argv[1]` is `--`, which comes from outside and is an option");
  }

  @Test
  void what_came_through_an_argument_passes_if_it_stands_in_the_runbook() {
    assertThat(argument("--known")).isEmpty();
    assertThat(argument("--know"))
        .containsExactly("`name` is `--know`, which comes from outside and is an option");
    assertThat(argument("-rf")).hasSize(1);
    assertThat(argument("box")).isEmpty();
  }

  private static List<String> argument(String value) {
    StructValue args = Value.of(Map.of("option", Value.of(value)));
    return refused("text: x", "b1", "in_block", Locals.NONE.with(Locals.ARGS, args));
  }

  @ParameterizedTest
  @CsvSource({
    "/var/log/app.log, true",
    "/var/log, true",
    "/var/log/./a//b/, true",
    "/var/log/a/../b, true",
    "/srv/x, true",
    "/var/log/../../etc/shadow, false",
    "/var/logs/app.log, false",
    "/var/log/../log2/x, false",
    "/etc/shadow, false",
    "/../var/log/x, false",
    "var/log/x, false",
    "../x, false",
    "/, false"
  })
  void a_path_from_outside_stays_within_its_roots(String path, boolean allowed) {
    for (String with :
        List.of(
            "file: ${inputs.name}\nroots: [/var/log, /srv/]",
            "files: [\"${inputs.name}\"]\nroots: [/var/log, /srv/]")) {
      List<String> refused = refused(with, path);
      assertThat(refused).hasSize(allowed ? 0 : 1);
      assertThat(refused)
          .allSatisfy(
              why ->
                  assertThat(why)
                      .contains("`" + path + "`, which lies outside of /var/log, /srv/"));
    }
  }

  @Test
  void a_path_of_the_runbook_may_lie_where_the_runbook_says() {
    assertThat(refused("file: /etc/hosts\nroots: [/var/log]", "b1")).isEmpty();
  }

  @Test
  void a_path_from_outside_lies_nowhere_where_no_roots_are_given() {
    assertThat(refused("file: ${inputs.name}", "/var/log/x"))
        .containsExactly("`file` is `/var/log/x`, which lies outside of any place that is named");
  }

  @Test
  void a_root_of_everything_allows_everything_and_a_nul_nothing() {
    assertThat(refused("file: ${inputs.name}\nroots: [/]", "/etc/hosts")).isEmpty();
    assertThat(refused("file: ${inputs.name}\nroots: [/]", "/etc/hosts\0.log")).hasSize(1);
  }

  @Test
  void what_is_never_untrusted_does_not_come_from_outside() {
    for (String input : List.of("query", "url", "pattern")) {
      assertThat(refused(input + ": ${inputs.name}", "drop table"))
          .containsExactly("`" + input + "` is `drop table`, which comes from outside");
      assertThat(refused(input + ": a ${foreign}", "b")).hasSize(1);
      assertThat(refused(input + ": select 1", "b1")).isEmpty();
      assertThat(refused(input + ": ${params.option}", "b1")).isEmpty();
    }
    assertThat(refused("argv: [\"${inputs.name}\", x]", "rm"))
        .containsExactly("`argv[0]` is `rm`, which comes from outside");
  }

  @Test
  void what_must_be_literal_is() {
    assertThat(refused("columns: [a, b]", "b1")).isEmpty();
    assertThat(refused("columns: [a, \"${params.option}\"]", "b1"))
        .containsExactly("`columns` must stand in the runbook as it is");
  }

  @Test
  void a_long_value_is_shown_in_part() {
    assertThat(refused("query: ${inputs.name}", "x".repeat(1000)))
        .containsExactly("`query` is `" + "x".repeat(80) + "…`, which comes from outside");
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void a_change_that_is_refused_is_neither_made_nor_planned(Mode mode) {
    CheckedRunbook runbook = runbook(WALLED, "file: ${inputs.name}\nroots: [/var/log]");
    SimulatedRun.Played played =
        SimulatedRun.play(
            INTERPRETER,
            runbook,
            opened(runbook, "/var/log/../../etc/shadow", mode),
            Fixture.EMPTY);

    assertThat(played.events()).noneMatch(Event.ChangeIntended.class::isInstance);
    assertThat(played.commands())
        .noneMatch(Command.Change.class::isInstance)
        .noneMatch(command -> command instanceof Command.Plan plan && plan.step().equals("first"));
    assertThat(played.report().result()).isEqualTo(RunResult.ESCALATED);
    assertThat(played.report().reason())
        .contains("`file` is `/var/log/../../etc/shadow`, which lies outside of /var/log");
  }

  @Test
  void no_action_gets_a_text_with_a_nul_in_it() throws Exception {
    World world = new World();
    VirtualTimers timers = new VirtualTimers(NOON);
    ActionCalls calls =
        new ActionCalls(world.registry(), timers.clock(), Redactor.SHAPES_ONLY, CallGate.OPEN);
    Narration narration = new Narration(timers, Redactor.SHAPES_ONLY, notes -> {});
    StructValue input = Value.of(Map.of("service", Value.of("api\0-rf")));
    Duration timeout = Duration.ofSeconds(60);

    ActionResult read =
        calls.read(
            new RunId("run-1"), new Command.ReadCall("a", "test.look", input, timeout), narration);

    assertThat(read)
        .isEqualTo(
            new ActionResult.Failed(
                FailureKind.INVALID,
                "`test.look` was given a text with a NUL character in it",
                true,
                null));
    assertThatThrownBy(
            () ->
                calls.prepare(
                    new Command.Change("a", "test.restart", input, timeout, List.of()),
                    new IntentId("i-1"),
                    narration))
        .isInstanceOfSatisfying(
            CallFailure.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID);
              assertThat(e.failure().certainlyNothing()).isTrue();
            });
    assertThat(world.looks).hasValue(0);
  }
}
