package io.byteport.adapter.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.kubernetes.model.EnvironmentVariable;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static final PodSpec SPEC =
      new PodSpecBuilder()
          .addNewContainer()
          .withName("api")
          .addNewEnvFrom()
          .withPrefix("APP_")
          .withNewConfigMapRef("settings", false)
          .endEnvFrom()
          .addNewEnvFrom()
          .withNewSecretRef("db", false)
          .endEnvFrom()
          .addNewEnv()
          .withName("APP_MODE")
          .withValue("own")
          .endEnv()
          .addNewEnv()
          .withName("EMPTY")
          .endEnv()
          .addNewEnv()
          .withName("LOST")
          .withNewValueFrom()
          .withNewConfigMapKeyRef("x", "gone", false)
          .endValueFrom()
          .endEnv()
          .addNewEnv()
          .withName("NODE")
          .withNewValueFrom()
          .withNewFieldRef("v1", "spec.nodeName")
          .endValueFrom()
          .endEnv()
          .endContainer()
          .addNewInitContainer()
          .withName("init")
          .addNewEnv()
          .withName("API_KEY")
          .withValue("abc")
          .endEnv()
          .endInitContainer()
          .build();

  private static EnvironmentVariable variable(
      String name, @org.jspecify.annotations.Nullable String value) {
    return new EnvironmentVariable("api", name, value);
  }

  @Test
  void the_maps_that_are_needed_are_named() {
    assertThat(Environment.configMaps(SPEC)).containsExactly("gone", "settings");
  }

  @Test
  void a_later_variable_takes_the_place_of_an_earlier_one_and_what_is_unknown_is_null() {
    assertThat(
            Environment.of(
                SPEC,
                name -> true,
                Map.of("settings", new java.util.TreeMap<>(Map.of("MODE", "map", "SIZE", "3")))))
        .containsExactly(
            variable("APP_MODE", "own"),
            variable("APP_SIZE", "3"),
            variable("EMPTY", ""),
            variable("LOST", null),
            variable("NODE", null),
            new EnvironmentVariable("init", "API_KEY", null));
  }
}
