package io.byteport.engine.signal;

import static io.byteport.engine.signal.Runbooks.EVALUATOR;
import static io.byteport.engine.signal.Runbooks.NOON;
import static io.byteport.engine.signal.Runbooks.enabled;
import static io.byteport.engine.signal.Runbooks.entry;
import static io.byteport.engine.signal.Runbooks.inventory;
import static io.byteport.engine.signal.Runbooks.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.signal.TargetBuilder.Built;
import io.byteport.engine.signal.TargetBuilder.Unknown;
import io.byteport.engine.spi.Inventory;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TargetBuilderTest {
  private static final String INPUTS =
      """
      params:
        mount: { type: path, default: /var/lib/data, doc: A path }
      detectors:
        broken: { doc: Broken }
      inputs:
        cluster: { type: cluster }
        namespace: { type: string }
        name: { type: string, default: "" }
        host: { type: host, default: web-1 }
        mount: { type: path }
      """;

  private static TargetBuilder.Result build(
      Inventory inventory, String target, Map<String, String> labels) {
    EnabledRunbook runbook = enabled("targets", INPUTS + "target:\n" + target.indent(2));
    InputBinding binding = new InputBinder(EVALUATOR, inventory).bind(runbook, labels, NOON);
    assertThat(binding.problems()).isEmpty();
    return new TargetBuilder(EVALUATOR, inventory)
        .build(runbook, binding.inputs(), signal("broken", labels), NOON);
  }

  private static Built built(Inventory inventory, String target, Map<String, String> labels) {
    TargetBuilder.Result result = build(inventory, target, labels);
    assertThat(result).isInstanceOf(Built.class);
    return (Built) result;
  }

  private static String reason(String target, Map<String, String> labels) {
    TargetBuilder.Result result = build(Inventory.EMPTY, target, labels);
    assertThat(result).isInstanceOf(Unknown.class);
    return ((Unknown) result).reason();
  }

  private static final String POD =
      """
      type: pod
      cluster: ${inputs.cluster}
      namespace: ${coalesce(inputs.namespace, "default")}
      name: ${inputs.name}
      """;

  private static final String SERVICE =
      """
      type: service
      cluster: ${inputs.cluster}
      namespace: ${inputs.namespace}
      name: ${inputs.name}
      """;

  @Test
  void a_target_has_its_type_every_field_of_its_record_and_what_the_type_presets() {
    Built built = built(Inventory.EMPTY, POD, Map.of("namespace", "production", "name", "api-1"));
    assertThat(built.target().fields())
        .containsOnly(
            Map.entry("type", Value.of("pod")),
            Map.entry("cluster", Value.NULL),
            Map.entry("kind", Value.of("Pod")),
            Map.entry("namespace", Value.of("production")),
            Map.entry("name", Value.of("api-1")));
    assertThat(built.key()).isEqualTo("pod/production/api-1");
  }

  @Test
  void the_cluster_stands_in_front_only_where_there_are_several() {
    Map<String, String> labels = Map.of("cluster", "eu", "namespace", "a", "name", "b");
    Inventory one = inventory(entry("cluster", "prod-eu", "eu"));
    Inventory two = inventory(entry("cluster", "prod-eu", "eu"), entry("cluster", "prod-us"));
    assertThat(built(one, POD, labels).key()).isEqualTo("pod/a/b");
    assertThat(built(one, POD, labels).target().get("cluster")).isEqualTo(Value.NULL);
    assertThat(built(two, POD, labels).key()).isEqualTo("pod/prod-eu/a/b");
  }

  @Test
  void a_null_that_the_type_allows_keeps_its_place_in_the_key() {
    assertThat(built(Inventory.EMPTY, SERVICE, Map.of("name", "api")).key())
        .isEqualTo("service/-/api");
  }

  @Test
  void two_targets_never_have_the_same_key() {
    String first = built(Inventory.EMPTY, POD, Map.of("namespace", "a/b", "name", "c")).key();
    String second = built(Inventory.EMPTY, POD, Map.of("namespace", "a", "name", "b/c")).key();
    assertThat(first).isEqualTo("pod/a%2Fb/c");
    assertThat(second).isEqualTo("pod/a/b%2Fc");
    assertThat(built(Inventory.EMPTY, SERVICE, Map.of("namespace", "-", "name", "api")).key())
        .isEqualTo("service/%2D/api");
  }

  @Test
  void a_path_at_the_end_of_a_key_keeps_its_slashes() {
    String target =
        """
        type: filesystem
        host: ${inputs.host}
        mount: ${coalesce(inputs.mount, params.mount)}
        """;
    Inventory hosts = inventory(entry("host", "web-1"), entry("host", "web-2"));
    assertThat(built(hosts, target, Map.of("host", "web-1")).key())
        .isEqualTo("filesystem/web-1/var/lib/data");
  }

  @Test
  void an_empty_field_that_must_be_known_is_refused_with_the_input_that_would_say_it() {
    assertThat(reason(SERVICE, Map.of()))
        .isEqualTo("the target is not known: `name` is empty, since the signal gives no `name`");
  }

  @Test
  void what_cannot_be_decided_is_refused_with_its_reason() {
    assertThat(
            reason(
                """
                type: service
                name: ${runbook.link}
                """,
                Map.of()))
        .isEqualTo(
            "the target is not known: `name` cannot be known (runbook.link: is not known before the"
                + " run)");
  }

  @Test
  void an_entry_of_the_inventory_given_whole_is_the_target() {
    String target =
        """
        type: host
        host: ${coalesce(inputs.host.standbyOf, inputs.host)}
        """;
    Inventory hosts =
        inventory(
            entry("host", "web-1"),
            Inventory.Entry.of("host", "web-2", Map.of("standbyOf", "web-1")));
    Built built = built(hosts, target, Map.of("host", "web-2"));
    assertThat(built.key()).isEqualTo("host/web-1");
    assertThat(built.target().get("name")).isEqualTo(Value.of("web-1"));
    assertThat(((StructValue) built.target().get("host")).get("labels"))
        .isEqualTo(Value.of(Map.of("team", Value.of("web"))));
  }

  @Test
  void an_entry_selected_by_name_is_filled_from_the_inventory_where_that_knows_it() {
    String target =
        """
        type: host
        name: ${inputs.name}
        """;
    Built known =
        built(inventory(entry("host", "web-1", "alias")), target, Map.of("name", "alias"));
    assertThat(known.key()).isEqualTo("host/web-1");
    assertThat(known.target().get("host").isNull()).isFalse();
    Built unknown = built(Inventory.EMPTY, target, Map.of("name", "web-9"));
    assertThat(unknown.key()).isEqualTo("host/web-9");
    assertThat(unknown.target().get("host")).isEqualTo(Value.NULL);
    assertThat(unknown.target().get("services")).isEqualTo(Value.NULL);
  }
}
