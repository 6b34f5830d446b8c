package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.guardrail.Claim;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopesTest {
  private static final Value PRODUCTION = new StructValue(Map.of("name", Value.of("production")));

  @Test
  void a_pod_is_in_its_cluster_and_its_namespace() {
    assertThat(scopes("pod", Map.of("cluster", PRODUCTION, "namespace", Value.of("shop"))))
        .containsExactly("cluster/production", "namespace/production/shop");
  }

  @Test
  void what_names_no_cluster_is_in_the_only_one() {
    assertThat(scopes("pod", Map.of("cluster", Value.NULL, "namespace", Value.of("shop"))))
        .containsExactly("cluster/default", "namespace/default/shop");
  }

  @Test
  void a_node_is_in_its_cluster_and_a_scope_itself() {
    assertThat(scopes("node", Map.of("cluster", PRODUCTION, "name", Value.of("n1"))))
        .containsExactly("cluster/production", "node/production/n1");
  }

  @Test
  void what_is_in_no_cluster_belongs_to_the_fleet_of_its_type() {
    assertThat(scopes("host", Map.of("name", Value.of("h1")))).containsExactly("fleet/host");
  }

  @Test
  void the_wider_the_scope_the_more_may_change_something() {
    List<Claim.Storm> claims =
        Scopes.of(
            StormLimits.DEFAULT,
            "node",
            new StructValue(Map.of("cluster", PRODUCTION, "name", Value.of("n1"))));

    assertThat(claims).extracting(Claim.Storm::atOnce).containsExactly(10, 2);
    assertThat(claims).extracting(Claim.Storm::within).containsExactly(40, 8);
  }

  @Test
  void without_limits_nothing_is_asked_for() {
    assertThat(
            Scopes.of(
                StormLimits.NONE, "pod", new StructValue(Map.of("namespace", Value.of("shop")))))
        .isEmpty();
  }

  private static List<String> scopes(String type, Map<String, Value> target) {
    return Scopes.of(StormLimits.DEFAULT, type, new StructValue(target)).stream()
        .map(Claim.Storm::scope)
        .toList();
  }
}
