package io.byteport.engine.signal;

import static io.byteport.engine.signal.Runbooks.EVALUATOR;
import static io.byteport.engine.signal.Runbooks.checked;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.engine.signal.ParamBinding.Bound;
import io.byteport.engine.signal.ParamBinding.Origin;
import io.byteport.engine.signal.ParamBinding.Refused;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ParamBinderTest {
  private static final CheckedRunbook RUNBOOK =
      checked(
          "tuned",
          "",
          """
          params:
            memoryFactor: { type: number, default: 1.5, minimum: 1.1, maximum: 2.0, env: OOM_FACTOR, aliases: [memory_factor], doc: A factor }
            window: { type: duration, default: 2m, minimum: 10s, env: OOM_WINDOW, doc: A time }
            limit: { type: size, default: 1Gi, maximum: 4Gi, doc: A size }
            threshold: { type: percent, default: 80%, minimum: 50%, maximum: 95%, doc: A share }
            challenge: { type: enum, enum: [dns01, http01], default: dns01, doc: A word }
            pattern: { type: regex, default: "(?i)ready", doc: A pattern }
            names: { type: list<string>, default: [a, b], doc: Some names }
            dryRun: { type: boolean, default: false, env: TUNED_DRY_RUN, doc: A switch }
            machine: { type: host, default: localhost, doc: A host }
            optional: { type: string, doc: Nothing by default }
          detectors:
            broken: { doc: Broken }
          inputs:
            name: { type: string, required: true }
          target:
            type: service
            name: ${inputs.name}
          """);

  private final ParamBinder binder = new ParamBinder(EVALUATOR, Inventory.EMPTY);

  private static ParamSources flags(Map<String, String> flags) {
    return new ParamSources(flags, Map.of(), Map.of());
  }

  private static ParamSources file(Map<String, Value> file) {
    return new ParamSources(Map.of(), file, Map.of());
  }

  private static ParamSources environment(Map<String, String> environment) {
    return new ParamSources(Map.of(), Map.of(), environment);
  }

  private Bound bound(ParamSources sources) {
    ParamBinding binding = binder.bind(RUNBOOK, sources);
    assertThat(binding).isInstanceOf(Bound.class);
    return (Bound) binding;
  }

  private List<String> problems(ParamSources sources) {
    ParamBinding binding = binder.bind(RUNBOOK, sources);
    assertThat(binding).isInstanceOf(Refused.class);
    return ((Refused) binding).problems().stream().map(Object::toString).toList();
  }

  @Test
  void defaults_are_typed_and_what_has_none_is_null() {
    Bound bound = bound(ParamSources.NONE);
    assertThat(bound.params().fields())
        .containsEntry("memoryFactor", Value.of(1.5))
        .containsEntry("window", Value.of(Duration.ofMinutes(2)))
        .containsEntry("limit", Value.of(new DataSize(1L << 30)))
        .containsEntry("threshold", Value.of(new Percent(80)))
        .containsEntry("names", Value.of(List.of(Value.of("a"), Value.of("b"))))
        .containsEntry("dryRun", Value.FALSE)
        .containsEntry("machine", Value.of(Map.of("name", Value.of("localhost"))))
        .containsEntry("optional", Value.NULL);
    assertThat(bound.origins().values()).containsOnly(Origin.DEFAULT);
  }

  @Test
  void the_command_line_outweighs_the_agent_file_which_outweighs_the_environment() {
    Map<String, String> flag = Map.of("memoryFactor", "1.2");
    Map<String, Value> file = Map.of("memoryFactor", Value.of(1.3));
    Map<String, String> environment = Map.of("OOM_FACTOR", "1.4");
    assertThat(factor(new ParamSources(flag, file, environment))).isEqualTo(Value.of(1.2));
    assertThat(factor(new ParamSources(Map.of(), file, environment))).isEqualTo(Value.of(1.3));
    assertThat(factor(new ParamSources(Map.of(), Map.of(), environment))).isEqualTo(Value.of(1.4));
    assertThat(bound(new ParamSources(Map.of(), file, environment)).origins())
        .containsEntry("memoryFactor", Origin.AGENT_FILE);
  }

  private Value factor(ParamSources sources) {
    return bound(sources).params().get("memoryFactor");
  }

  @Test
  void a_stronger_source_hides_what_is_wrong_in_a_weaker_one() {
    assertThat(
            factor(
                new ParamSources(
                    Map.of("memoryFactor", "1.2"), Map.of(), Map.of("OOM_FACTOR", "nonsense"))))
        .isEqualTo(Value.of(1.2));
  }

  @Test
  void an_alias_is_as_good_as_the_name_but_not_beside_it() {
    assertThat(factor(flags(Map.of("memory_factor", "1.7")))).isEqualTo(Value.of(1.7));
    assertThat(factor(file(Map.of("memory_factor", Value.of(1.7))))).isEqualTo(Value.of(1.7));
    assertThat(problems(flags(Map.of("memory_factor", "1.7", "memoryFactor", "1.7"))))
        .containsExactly(
            "the command line: expected `memoryFactor` once, found `memoryFactor` and"
                + " `memory_factor`, which are the same; keep one of them");
  }

  @Test
  void variables_that_are_blank_or_that_no_parameter_declares_count_for_nothing() {
    assertThat(factor(environment(Map.of("OOM_FACTOR", " ", "PATH", "/bin"))))
        .isEqualTo(Value.of(1.5));
  }

  @Test
  void text_becomes_a_value_of_the_declared_type() {
    Bound bound =
        bound(
            flags(
                Map.of(
                    "window",
                    "90s",
                    "limit",
                    "2Gi",
                    "threshold",
                    "75%",
                    "challenge",
                    "http01",
                    "names",
                    "x, y",
                    "dryRun",
                    "TRUE",
                    "pattern",
                    "^ok$",
                    "machine",
                    "web-1")));
    assertThat(bound.params().fields())
        .containsEntry("window", Value.of(Duration.ofSeconds(90)))
        .containsEntry("limit", Value.of(new DataSize(2L << 30)))
        .containsEntry("threshold", Value.of(new Percent(75)))
        .containsEntry("challenge", Value.of("http01"))
        .containsEntry("names", Value.of(List.of(Value.of("x"), Value.of("y"))))
        .containsEntry("dryRun", Value.TRUE)
        .containsEntry("pattern", Value.of("^ok$"))
        .containsEntry("machine", Value.of(Map.of("name", Value.of("web-1"))));
  }

  @Test
  void a_value_out_of_bounds_is_told_with_where_it_stands_and_what_may_stand_there() {
    assertThat(problems(flags(Map.of("memoryFactor", "9"))))
        .containsExactly(
            "`--param memoryFactor=9`: expected a number from 1.1 to 2, found `9`; the default is"
                + " `1.5`");
    assertThat(problems(environment(Map.of("OOM_WINDOW", "5s"))))
        .containsExactly(
            "environment variable `OOM_WINDOW`: expected a duration of at least 10s, found `5s`;"
                + " the default is `2m`");
    assertThat(problems(file(Map.of("limit", Value.of("5Gi")))))
        .containsExactly(
            "`configure.tuned.params.limit` of the agent's configuration: expected a size of at"
                + " most 4Gi, found `5Gi`; the default is `1Gi`");
    assertThat(bound(flags(Map.of("memoryFactor", "2", "threshold", "95%"))).params()).isNotNull();
  }

  @Test
  void a_value_of_another_type_is_told_with_how_to_write_it() {
    assertThat(problems(flags(Map.of("window", "90"))))
        .containsExactly(
            "`--param window=90`: expected a duration of at least 10s, found `90`; say the unit, as"
                + " in `15s` or `1h30m`");
    assertThat(problems(environment(Map.of("TUNED_DRY_RUN", "1"))))
        .containsExactly(
            "environment variable `TUNED_DRY_RUN`: expected a boolean, found `1`; write `true` or"
                + " `false`");
    assertThat(problems(file(Map.of("threshold", Value.of(80)))))
        .containsExactly(
            "`configure.tuned.params.threshold` of the agent's configuration: expected a percent"
                + " from 50% to 95%, found `80`; write `80%`");
    assertThat(problems(flags(Map.of("challenge", "dns"))))
        .containsExactly("`--param challenge=dns`: expected one of `dns01`, `http01`, found `dns`");
    assertThat(problems(flags(Map.of("pattern", "("))))
        .hasSize(1)
        .first()
        .asString()
        .startsWith(
            "`--param pattern=(`: expected a regular expression, found one that does not compile");
  }

  @Test
  void a_name_that_is_no_parameter_is_told_with_the_one_that_was_meant() {
    assertThat(problems(flags(Map.of("memoryFacto", "1.5"))))
        .containsExactly(
            "`--param memoryFacto=1.5`: expected a parameter of `tuned`, found `memoryFacto`; did"
                + " you mean `memoryFactor`?");
    assertThat(problems(file(Map.of("colour", Value.of("red")))).getFirst())
        .startsWith(
            "`configure.tuned.params.colour` of the agent's configuration: expected a parameter of"
                + " `tuned`, found `colour`; there is `memoryFactor`, `window`");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    assertThat(problems(flags(Map.of("memoryFactor", "9", "window", "x", "nonsense", "1"))))
        .hasSize(3);
  }
}
