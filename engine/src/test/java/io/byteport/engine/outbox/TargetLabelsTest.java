package io.byteport.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetLabelsTest {
  private static final List<Connection> CONNECTIONS =
      List.of(
          entry("host", "api-1", List.of("10.0.3.11"), Map.of("team", "api")),
          entry("database", "api-1", List.of(), Map.of("team", "dba")),
          entry("cluster", "prod", List.of(), Map.of("region", "eu")));

  private static Connection entry(
      String kind, String name, List<String> aliases, Map<String, String> labels) {
    return new Connection(
        kind, kind, name, new Span(0, 1), aliases, Map.of(), Map.of(), Map.of(), labels, Map.of());
  }

  private static Value labels(String key, Map<String, Value> target) {
    return TargetLabels.of(key, Value.of(target), CONNECTIONS);
  }

  @Test
  void a_target_that_is_an_entry_has_the_labels_of_that_entry_of_its_kind() {
    assertThat(labels("host/api-1", Map.of("name", Value.of("api-1"))))
        .isEqualTo(Value.of(Map.of("team", Value.of("api"))));
    assertThat(labels("host/10.0.3.11", Map.of("name", Value.of("10.0.3.11"))))
        .as("by an alias")
        .isEqualTo(Value.of(Map.of("team", Value.of("api"))));
  }

  @Test
  void a_target_has_the_labels_of_what_it_lies_in() {
    StructValue cluster = Value.of(Map.of("name", Value.of("prod")));
    assertThat(labels("pod/prod/web/a", Map.of("cluster", cluster, "name", Value.of("api-1"))))
        .isEqualTo(Value.of(Map.of("region", Value.of("eu"))));
  }

  @Test
  void what_a_target_says_itself_counts_more() {
    StructValue own = Value.of(Map.of("team", Value.of("sre")));
    assertThat(labels("host/api-1", Map.of("name", Value.of("api-1"), "labels", own)))
        .isEqualTo(Value.of(Map.of("team", Value.of("sre"))));
  }

  @Test
  void of_a_target_that_no_entry_knows_there_are_none() {
    assertThat(labels("certificate/example.com", Map.of("domain", Value.of("example.com"))))
        .isEqualTo(Value.of(Map.of()));
  }
}
