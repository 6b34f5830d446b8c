package io.byteport.sim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  @Test
  void aContainerWaitsForASecretAndStartsOnceItIsThere() {
    try (TestCluster c = TestCluster.named("missing-config")) {
      assertThat(c.waitingFor()).isEqualTo("CreateContainerConfigError");
      assertThat(c.events("Failed"))
          .extracting(e -> e.getMessage())
          .containsExactly("Error: secret \"api-token\" not found");

      secret(c, "wrong");
      c.advance(Duration.ofSeconds(20));
      assertThat(c.status().getState().getWaiting().getMessage())
          .isEqualTo("couldn't find key token in Secret production/api-token");

      c.client.secrets().inNamespace("production").withName("api-token").delete();
      secret(c, "token");
      c.advance(Duration.ofSeconds(30));
      assertThat(CrashLoopTest.ready(c.pod())).isTrue();
    }
  }

  private static void secret(TestCluster c, String key) {
    c.client
        .secrets()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("api-token")
                .withNamespace("production")
                .endMetadata()
                .withData(Map.of(key, "eA=="))
                .build())
        .create();
  }
}
