package io.byteport.engine.signal;

import static io.byteport.engine.signal.Runbooks.EVALUATOR;
import static io.byteport.engine.signal.Runbooks.NOON;
import static io.byteport.engine.signal.Runbooks.enabled;
import static io.byteport.engine.signal.Runbooks.entry;
import static io.byteport.engine.signal.Runbooks.inventory;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InputBinderTest {
  private final InputBinder binder = new InputBinder(EVALUATOR, Inventory.EMPTY);

  private static EnabledRunbook with(String inputs) {
    return enabled(
        "inputs",
        "params:\n  size: { type: size, default: 1Gi, doc: A size }\n"
            + "detectors:\n  broken: { doc: Broken }\n"
            + "inputs:\n  name: { type: string, default: x }\n"
            + inputs.indent(2)
            + "target:\n  type: service\n  name: ${inputs.name}\n");
  }

  private InputBinding bind(String inputs, Map<String, String> labels) {
    return binder.bind(with(inputs), labels, NOON);
  }

  private Value bound(String inputs, Map<String, String> labels) {
    InputBinding binding = bind(inputs, labels);
    assertThat(binding.problems()).isEmpty();
    return binding.inputs().get("it");
  }

  private static List<String> messages(List<InputBinding.Problem> problems) {
    return problems.stream().map(InputBinding.Problem::message).toList();
  }

  @Test
  void an_input_takes_the_first_of_its_labels_that_is_there_and_not_blank() {
    String input = "it: { type: string, from: [first, second, third] }";
    assertThat(bound(input, Map.of("first", " ", "second", "b", "third", "c")))
        .isEqualTo(Value.of("b"));
    assertThat(bound(input, Map.of("it", "x"))).isEqualTo(Value.NULL);
  }

  @Test
  void without_from_an_input_takes_the_label_of_its_own_name() {
    assertThat(bound("it: { type: string }", Map.of("it", "x"))).isEqualTo(Value.of("x"));
  }

  @Test
  void labels_become_values_of_the_declared_type() {
    assertThat(bound("it: { type: integer }", Map.of("it", "42"))).isEqualTo(Value.of(42));
    assertThat(bound("it: { type: number }", Map.of("it", "-1.5"))).isEqualTo(Value.of(-1.5));
    assertThat(bound("it: { type: boolean }", Map.of("it", "True"))).isEqualTo(Value.TRUE);
    assertThat(bound("it: { type: duration }", Map.of("it", "1h30m")))
        .isEqualTo(Value.of(Duration.ofMinutes(90)));
    assertThat(bound("it: { type: size }", Map.of("it", "256Mi")))
        .isEqualTo(Value.of(new DataSize(256L << 20)));
    assertThat(bound("it: { type: percent }", Map.of("it", "80%")))
        .isEqualTo(Value.of(new Percent(80)));
    assertThat(bound("it: { type: instant }", Map.of("it", "2026-11-21T13:00:00+01:00")))
        .isEqualTo(Value.of(Instant.parse("2026-11-21T12:00:00Z")));
    assertThat(bound("it: { type: enum, enum: [aws, gcp] }", Map.of("it", "gcp")))
        .isEqualTo(Value.of("gcp"));
    assertThat(bound("it: { type: domain }", Map.of("it", "*.example.com")))
        .isEqualTo(Value.of("*.example.com"));
    assertThat(bound("it: { type: path }", Map.of("it", "/var/log")))
        .isEqualTo(Value.of("/var/log"));
    assertThat(bound("it: { type: list<integer> }", Map.of("it", "1, 2,3")))
        .isEqualTo(Value.of(List.of(Value.of(1), Value.of(2), Value.of(3))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "integer | 1.5 | `it` (integer) from label `it`: expected an integer, found `1.5`",
        "number | many | `it` (number) from label `it`: expected a number, found `many`",
        "boolean | yes | `it` (boolean) from label `it`: expected a boolean, found `yes` (write"
            + " `true` or `false`)",
        "duration | 90 | `it` (duration) from label `it`: expected a duration, found `90` (say the"
            + " unit, as in `15s` or `1h30m`)",
        "domain | a b | `it` (domain) from label `it`: expected the name of a domain, found `a b`",
        "path | /var/../etc | `it` (path) from label `it`: expected a path without `..`, found"
            + " `/var/../etc`",
      })
  void a_label_that_does_not_fit_is_told_with_input_label_and_expected_type(
      String type, String text, String message) {
    InputBinding binding = bind("it: { type: " + type + ", required: true }", Map.of("it", text));
    assertThat(messages(binding.problems())).containsExactly(message);
  }

  @Test
  void a_word_that_is_none_of_an_enum_is_told_with_the_words() {
    InputBinding binding =
        bind("it: { type: enum, enum: [aws, gcp], required: true }", Map.of("it", "azure"));
    assertThat(messages(binding.problems()))
        .containsExactly(
            "`it` (enum(aws, gcp)) from label `it`: expected one of `aws`, `gcp`, found `azure`");
  }

  @Test
  void where_the_first_label_does_not_fit_the_next_one_counts() {
    assertThat(
            bound(
                "it: { type: integer, from: [a, b], required: true }", Map.of("a", "x", "b", "7")))
        .isEqualTo(Value.of(7));
  }

  @Test
  void a_missing_required_input_is_told_with_all_its_labels() {
    assertThat(
            messages(
                bind("it: { type: string, from: [a, b], required: true }", Map.of()).problems()))
        .containsExactly("`it` (string) is missing: expected the label `a` or `b`");
  }

  @Test
  void what_may_be_null_and_does_not_fit_is_null_and_told() {
    InputBinding binding = bind("it: { type: integer }", Map.of("it", "x"));
    assertThat(binding.isComplete()).isTrue();
    assertThat(binding.inputs().get("it")).isEqualTo(Value.NULL);
    assertThat(binding.ignored()).hasSize(1);
  }

  @Test
  void a_default_stands_in_for_nothing_but_never_for_something_wrong() {
    String input = "it: { type: integer, default: 3 }";
    assertThat(bound(input, Map.of())).isEqualTo(Value.of(3));
    assertThat(bind(input, Map.of("it", "x")).isComplete()).isFalse();
  }

  @Test
  void a_default_may_name_a_parameter() {
    assertThat(bound("it: { type: size, default: \"${params.size}\" }", Map.of()))
        .isEqualTo(Value.of(new DataSize(1L << 30)));
  }

  @Test
  void a_name_or_alias_selects_the_entry_of_the_inventory() {
    Inventory.Entry primary =
        Inventory.Entry.of(
                "host",
                "web-1",
                Map.of("services", "api,worker", "address", "10.0.0.1", "password", "hush"))
            .withAliases(List.of("web-1.example.com"))
            .withNotes(Map.of("team", "web"), Map.of());
    Inventory.Entry standby = Inventory.Entry.of("host", "web-2", Map.of("standbyOf", "web-1"));
    InputBinder binder = new InputBinder(EVALUATOR, inventory(primary, standby));
    InputBinding binding =
        binder.bind(
            with("it: { type: host, required: true }\nother: { type: host, required: true }"),
            Map.of("it", "web-1.example.com", "other", "web-2"),
            NOON);
    assertThat(binding.problems()).isEmpty();
    StructValue host = (StructValue) binding.inputs().get("it");
    assertThat(host.get("name")).isEqualTo(Value.of("web-1"));
    assertThat(host.get("services"))
        .isEqualTo(Value.of(List.of(Value.of("api"), Value.of("worker"))));
    assertThat(host.get("labels")).isEqualTo(Value.of(Map.of("team", Value.of("web"))));
    assertThat(host.fields()).doesNotContainKeys("address", "password");
    StructValue other = (StructValue) binding.inputs().get("other");
    assertThat(((StructValue) other.get("standbyOf")).get("name")).isEqualTo(Value.of("web-1"));
  }

  @Test
  void a_signal_cannot_define_an_entry_of_the_inventory() {
    InputBinder binder = new InputBinder(EVALUATOR, inventory(entry("host", "web-1")));
    Map<String, String> labels = Map.of("it", "evil.example.com");
    assertThat(
            messages(
                binder.bind(with("it: { type: host, required: true }"), labels, NOON).problems()))
        .containsExactly(
            "`it` (host) from label `it`: expected a host of the inventory, found"
                + " `evil.example.com` (there is `web-1`)");
    assertThat(binder.bind(with("it: { type: host, default: web-1 }"), labels, NOON).isComplete())
        .isFalse();
  }

  @Test
  void an_entry_that_the_inventory_does_not_know_is_null_where_nothing_depends_on_it() {
    InputBinder binder = new InputBinder(EVALUATOR, inventory(entry("host", "web-1")));
    InputBinding binding = binder.bind(with("it: { type: host }"), Map.of("it", "node-7"), NOON);
    assertThat(binding.isComplete()).isTrue();
    assertThat(binding.inputs().get("it")).isEqualTo(Value.NULL);
  }

  @Test
  void an_entry_that_says_what_the_incident_is_about_must_be_known() {
    EnabledRunbook pods =
        enabled(
            "pods",
            """
            detectors:
              broken: { doc: Broken }
            inputs:
              cluster: { type: cluster }
              pod: { type: string, required: true }
            target:
              type: pod
              cluster: ${inputs.cluster}
              namespace: default
              name: ${inputs.pod}
            """);
    InputBinder binder = new InputBinder(EVALUATOR, inventory(entry("cluster", "prod-eu")));
    assertThat(
            messages(
                binder.bind(pods, Map.of("cluster", "prod-us", "pod", "api-1"), NOON).problems()))
        .containsExactly(
            "`cluster` (cluster) from label `cluster`: expected a cluster of the inventory, found"
                + " `prod-us` (there is `prod-eu`)");
  }

  @Test
  void without_any_entry_of_the_kind_a_required_one_is_its_bare_name() {
    assertThat(bound("it: { type: host, required: true }", Map.of("it", "web-1")))
        .isEqualTo(Value.of(Map.of("name", Value.of("web-1"))));
  }

  @Test
  void flags_go_by_the_names_of_the_inputs_and_nothing_in_them_is_overlooked() {
    EnabledRunbook runbook = with("it: { type: integer, from: [somewhere, else] }");
    assertThat(binder.bindFlags(runbook, Map.of("it", "5"), NOON).inputs().get("it"))
        .isEqualTo(Value.of(5));
    assertThat(messages(binder.bindFlags(runbook, Map.of("it", "x"), NOON).problems()))
        .containsExactly("`it` (integer) from flag `it`: expected an integer, found `x`");
    assertThat(messages(binder.bindFlags(runbook, Map.of("nam", "x"), NOON).problems()))
        .containsExactly("`nam` is no input of `inputs`; did you mean `name`?");
  }
}
