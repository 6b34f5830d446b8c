package io.byteport.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.agent.AgentLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.connection.SecretSources;
import io.byteport.engine.spi.ClusterSecrets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MissingSecretsTest {

  private static List<String> missing(Map<String, String> environment) {
    String text =
        """
        apiVersion: byteport.io/v1
        kind: Agent
        sources:
          alerts:
            type: alertmanager
            webhook: /webhooks/alerts
            credentials: { bearer: { env: ALERTS_TOKEN } }
          other:
            type: alertmanager
            webhook: /webhooks/other
            credentials: { bearer: { kubernetes: { secret: a, key: b } } }
        channels:
          chat:
            type: slack-webhook
            credentials: { address: { file: /nowhere/slack } }
        """;
    return MissingSecrets.of(
        AgentLoader.load(
                new SourceFile("agent.yaml", text),
                ClasspathCatalogue.load(MissingSecretsTest.class.getClassLoader())
                    .value()
                    .orElseThrow())
            .value()
            .orElseThrow(),
        new SecretSources(environment, ClusterSecrets.NONE, value -> {})::secret);
  }

  @Test
  void a_secret_that_is_not_where_it_should_be_is_told_before_the_first_alert() {
    assertThat(missing(Map.of()))
        .hasSize(2)
        .anyMatch(
            one ->
                one.startsWith("the source `alerts` lacks its `bearer`: ")
                    && one.contains("ALERTS_TOKEN"))
        .anyMatch(
            one ->
                one.startsWith("the channel `chat` lacks its `address`: ")
                    && one.contains("/nowhere/slack"));
  }

  @Test
  void one_that_is_there_is_not_told_and_one_that_is_empty_is() {
    assertThat(missing(Map.of("ALERTS_TOKEN", "0123456789abcdef")))
        .hasSize(1)
        .noneMatch(one -> one.contains("0123456789abcdef"));
    assertThat(missing(Map.of("ALERTS_TOKEN", " ")))
        .contains(
            "the source `alerts` lacks its `bearer`: the environment variable ALERTS_TOKEN is"
                + " empty");
  }
}
