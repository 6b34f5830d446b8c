package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.byteport.dsl.action.ActionCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart, rendered by helm. */
@Tag("real")
class ChartTest {
  private static final Path EXAMPLES = ChartValues.CHART.resolve("ci");
  private static final Pattern SNIPPET = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

  @TempDir private Path folder;
  private Path helm = Path.of("");

  @BeforeEach
  void findHelm() {
    helm = Chart.helm().orElse(Path.of(""));
    assumeTrue(Chart.helm().isPresent(), "helm is not installed");
  }

  private Chart render(String values) throws Exception {
    return Chart.render(helm, Files.writeString(folder.resolve("values.yaml"), values));
  }

  private Chart rendered(String values) throws Exception {
    Chart chart = render(values);
    assertThat(chart.err()).isEmpty();
    return chart;
  }

  private Chart example(String name) throws Exception {
    Chart chart = Chart.render(helm, EXAMPLES.resolve(name + "-values.yaml"));
    assertThat(chart.err()).isEmpty();
    return chart;
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "postgres", "namespaced"})
  void every_document_has_fields_of_its_kind_alone(String name) throws Exception {
    List<JsonNode> documents = example(name).documents();

    assertThat(documents).hasSizeGreaterThan(5);
    for (JsonNode document : documents) {
      if (!document.path("apiVersion").asText().startsWith("monitoring.coreos.com")) {
        assertThat(Chart.problem(document)).as(document.toPrettyString()).isNull();
      }
      if (!document.path("kind").asText().startsWith("Cluster")) {
        assertThat(document.at("/metadata/namespace").asText()).isNotEmpty();
      }
    }
    assertThat(
            documents.stream()
                .map(one -> one.path("kind").asText() + " " + one.path("metadata").toString()))
        .doesNotHaveDuplicates();
  }

  @Test
  void the_check_of_documents_sees_a_field_that_is_none() throws Exception {
    String pod = "apiVersion: v1\nkind: Pod\nspec: { containers: [{ name: a, imagePolicy: x }] }\n";
    assertThat(Chart.problem(Chart.documents(pod).getFirst())).contains("imagePolicy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "postgres", "namespaced"})
  void the_agent_has_nothing_to_complain_about(String name) throws Exception {
    Path agent = Files.writeString(folder.resolve("agent.yaml"), example(name).agent());

    Program checked = Program.run("validate", agent.toString());

    assertThat(checked.out() + checked.err())
        .isEqualTo("1 file checked, nothing to complain about\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "postgres", "namespaced"})
  void what_is_granted_is_what_the_program_asks_for(String name) throws Exception {
    Chart chart = example(name);
    Path agent = Files.writeString(folder.resolve("agent.yaml"), chart.agent());
    Program asked =
        Program.run(
            "rbac",
            "--config",
            agent.toString(),
            "--name",
            "ops-byteport",
            "--service-account",
            "ops/byteport");
    assertThat(asked.status()).isZero();

    Map<String, Set<String>> wanted = grants(Chart.documents(asked.out()));
    if (name.equals("namespaced")) {
      wanted.keySet().removeIf(role -> role.startsWith("Cluster"));
    }
    Map<String, Set<String>> granted = grants(chart.documents());
    if (name.equals("everything")) {
      // The one rule of the values' own.
      granted.values().forEach(rules -> rules.remove("\"\"/configmaps: \"get\""));
      wanted.values().forEach(rules -> rules.remove("\"\"/configmaps: \"get\""));
    }
    assertThat(granted).isEqualTo(wanted).isNotEmpty();
  }

  /** Each permission by itself, and who has it, by the kind, place and name of the object. */
  private static Map<String, Set<String>> grants(List<JsonNode> documents) {
    Map<String, Set<String>> grants = new TreeMap<>();
    for (JsonNode one : documents) {
      String kind = one.path("kind").asText();
      Set<String> said = new TreeSet<>();
      if (kind.endsWith("Role")) {
        for (JsonNode rule : one.path("rules")) {
          for (JsonNode group : rule.path("apiGroups")) {
            for (JsonNode resource : rule.path("resources")) {
              for (JsonNode verb : rule.path("verbs")) {
                said.add(
                    group
                        + "/"
                        + resource.asText()
                        + rule.path("resourceNames").toString()
                        + ": "
                        + verb);
              }
            }
          }
        }
      } else if (kind.endsWith("RoleBinding")) {
        said.add(one.path("roleRef").path("kind").asText() + one.at("/roleRef/name"));
        one.path("subjects")
            .forEach(each -> said.add(each.at("/namespace") + "/" + each.at("/name")));
      } else {
        continue;
      }
      grants.put(
          kind + " " + one.at("/metadata/namespace").asText() + "/" + one.at("/metadata/name"),
          said);
    }
    return grants;
  }

  @Test
  void a_dry_run_may_change_nothing_and_a_live_agent_only_what_enabled_runbooks_change()
      throws Exception {
    String one =
        """
        config:
          mode: %s
          runbooks:
            enable: listed
            configure: { oom_killed_pod: { enabled: true } }
        """;
    assertThat(verbs(rendered(one.formatted("dry-run")))).containsOnly("get", "list", "watch");
    assertThat(verbs(rendered(one.formatted("live"))))
        .contains("patch")
        .doesNotContain("delete", "create", "update");
    assertThat(verbs(rendered(one.formatted("live") + "rbac: { readOnly: true }\n")))
        .containsOnly("get", "list", "watch");
    assertThat(rendered(one.formatted("live") + "rbac: { create: false }\n").has("ClusterRole"))
        .isFalse();
  }

  private static Set<String> verbs(Chart chart) throws IOException {
    Set<String> verbs = new TreeSet<>();
    chart
        .one("ClusterRole")
        .path("rules")
        .forEach(rule -> rule.path("verbs").forEach(verb -> verbs.add(verb.asText())));
    return verbs;
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "postgres", "namespaced"})
  void the_pod_is_locked_down(String name) throws Exception {
    JsonNode spec = example(name).pod().path("spec");
    JsonNode agent = spec.at("/containers/0");

    assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(spec.at("/securityContext/seccompProfile/type").asText())
        .isEqualTo("RuntimeDefault");
    assertThat(agent.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(agent.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(agent.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
    assertThat(agent.at("/resources/limits/memory").asText()).isNotEmpty();
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.has("secret")) {
        assertThat(volume.at("/secret/defaultMode").asInt()).isEqualTo(0440);
      }
      assertThat(volume.has("hostPath")).isFalse();
    }
    Set<String> volumes = new TreeSet<>(Set.of("state"));
    spec.path("volumes").forEach(volume -> volumes.add(volume.path("name").asText()));
    agent
        .path("volumeMounts")
        .forEach(mount -> assertThat(volumes).contains(mount.path("name").asText()));
  }

  @Test
  void an_embedded_store_has_one_writer_and_a_volume() throws Exception {
    JsonNode set = example("minimal").one("StatefulSet");

    assertThat(set.at("/spec/replicas").asInt()).isOne();
    assertThat(set.at("/spec/volumeClaimTemplates/0/metadata/name").asText()).isEqualTo("state");
    assertThat(example("minimal").has("PodDisruptionBudget")).isFalse();
    assertThat(example("minimal").agent()).contains("folder: /var/lib/byteport/state");
    assertThat(render("replicas: 2").err())
        .contains("an embedded one has one writer: set config.store.address to a PostgreSQL");
  }

  @Test
  void replicas_share_a_postgresql_and_are_taken_down_one_at_a_time() throws Exception {
    Chart chart = example("postgres");

    assertThat(chart.one("Deployment").at("/spec/replicas").asInt()).isEqualTo(3);
    assertThat(chart.one("PodDisruptionBudget").at("/spec/maxUnavailable").asInt()).isOne();
    assertThat(chart.one("Service").at("/spec/sessionAffinity").asText()).isEqualTo("ClientIP");
    assertThat(chart.has("StatefulSet")).isFalse();
    assertThat(chart.agent()).doesNotContain("folder:").contains("address: pg-ops-01");
  }

  @ParameterizedTest
  @CsvSource({"5, 60", "0, 600"})
  void a_pod_has_time_for_what_is_being_done(int preStop, int drain) throws Exception {
    JsonNode spec =
        rendered("preStopSeconds: %d\ndrainSeconds: %d\n".formatted(preStop, drain))
            .pod()
            .path("spec");

    assertThat(spec.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(preStop + drain);
    assertThat(spec.at("/containers/0/args").toString()).contains("\"--drain\",\"" + drain + "s\"");
  }

  @Test
  void pods_are_exchanged_only_for_what_an_agent_reads_at_its_start() throws Exception {
    String before = atStart("{}");

    assertThat(atStart("config: { mode: live, autonomy: [{ when: true, level: act }] }"))
        .isEqualTo(before);
    assertThat(atStart("config: { runbooks: { configure: { disk_pressure: { watch: false } } } }"))
        .isEqualTo(before);
    assertThat(atStart("config: { concurrency: { runs: 5 } }")).isNotEqualTo(before);
    assertThat(atStart("config: { links: { console: \"https://byteport.example.com\" } }"))
        .isNotEqualTo(before);
  }

  private String atStart(String values) throws Exception {
    return rendered(values).pod().at("/metadata/annotations/byteport.io~1at-start").asText();
  }

  @Test
  void nobody_comes_in_without_a_token_and_from_outside_only_webhooks() throws Exception {
    Chart chart = example("everything");

    assertThat(chart.agent()).contains("listen: 0.0.0.0:8080", "file: /run/access/admin");
    assertThat(chart.one("Ingress").at("/spec/rules/0/http/paths")).hasSize(1);
    assertThat(chart.one("Ingress").at("/spec/rules/0/http/paths/0/path").asText())
        .isEqualTo("/webhooks");
    assertThat(chart.one("NetworkPolicy").at("/spec/ingress/0/ports")).hasSize(1);
    assertThat(chart.one("ServiceMonitor").at("/spec/endpoints/0/authorization/credentials/key"))
        .hasToString("\"metrics\"");
    assertThat(render("access: { admin: false }").err()).contains("somebody must be named");
  }

  @Test
  void alarms_are_those_of_the_documentation() throws Exception {
    String documented =
        SNIPPET
            .matcher(Files.readString(Path.of("../docs/metrics.md")))
            .results()
            .map(snippet -> snippet.group(1))
            .filter(text -> text.startsWith("groups:"))
            .findFirst()
            .orElseThrow();
    assertThat(example("everything").one("PrometheusRule").at("/spec"))
        .isEqualTo(Chart.documents(documented).getFirst());
  }

  @Test
  void what_the_readme_shows_is_sound() throws Exception {
    List<MatchResult> snippets =
        SNIPPET
            .matcher(Files.readString(ChartValues.CHART.resolve("README.md")))
            .results()
            .toList();
    assertThat(snippets).isNotEmpty();
    for (MatchResult snippet : snippets) {
      Path agent = folder.resolve("agent.yaml");
      Files.writeString(agent, rendered(snippet.group(1)).agent());
      Program checked = Program.run("validate", agent.toString());
      assertThat(checked.out()).isEqualTo("1 file checked, nothing to complain about\n");
    }
  }

  @Test
  void every_type_of_entry_stands_in_the_example_of_everything() throws Exception {
    Set<String> used = new TreeSet<>();
    JsonNode agent = Chart.documents(example("everything").agent()).getFirst();
    for (String section : List.of("sources", "channels", "connections")) {
      agent.path(section).forEach(entry -> used.add(section + " " + entry.path("type").asText()));
    }
    ActionCatalogue catalogue = Language.load().catalogue();
    List<String> all = new ArrayList<>();
    catalogue.sources().keySet().forEach(type -> all.add("sources " + type));
    catalogue.channels().keySet().forEach(type -> all.add("channels " + type));
    catalogue.connections().keySet().forEach(type -> all.add("connections " + type));
    assertThat(used).containsExactlyInAnyOrderElementsOf(all);
  }

  static Stream<String[]> refusals() {
    return Stream.of(
        refusal("replica: 2", "additional properties 'replica' not allowed"),
        refusal("replicas: many", "got string, want integer"),
        refusal("drainSeconds: 0", "minimum: got 0, want 1"),
        refusal("logFormat: xml", "'json', 'text'"),
        refusal("config: { soruces: {} }", "'soruces' not allowed"),
        refusal("config: { mode: lve }", "one of 'dry-run', 'live'"),
        refusal("config: { sources: { a: { type: grafna } } }", "'grafana'"),
        refusal("config: { channels: { a: { type: slack-webhook, chanel: x } } }", "'chanel'"),
        refusal(
            "config: { channels: { a: { type: slack-webhook, credentials: { address: x } } } }",
            "got string, want object"),
        refusal("config: { connections: { a: { type: postgres } } }", "missing propert"),
        refusal("config: { listen: \"127.0.0.1:1\" }", "use service.port"),
        refusal("config: { tls: { key: a } }", "tls.secretName"),
        refusal("config: { store: { folder: /tmp } }", "use persistence"),
        refusal(
            "config: { runbooks: { configure: { oom_killed_pods: {} } } }",
            "the library has no such runbook; it has"),
        refusal(
            "config: { channels: { a: { type: teams, credentials: { address: { env: X } } } } }",
            "the variable X is not set: add it to env or envFrom"),
        refusal(
            "config: { channels: { a: { type: teams, credentials: { address: { file:"
                + " /run/secrets/chat/url } } } } }",
            "there is no file /run/secrets/chat/url: add the Secret chat to secrets"),
        refusal("ingress: { enabled: true }", "ingress.host"),
        refusal("rbac: { clusterScoped: false }", "name the namespaces"),
        refusal(
            "config: { access: { people: { admin: { role: admin, token: { file: /x } } } } }",
            "take another name, or turn off access.admin"));
  }

  private static String[] refusal(String values, String words) {
    return new String[] {values, words};
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void values_that_are_wrong_are_refused_in_words_that_help(String values, String words)
      throws Exception {
    Chart chart = render(values);

    assertThat(chart.status()).isNotZero();
    assertThat(chart.err()).contains(words);
  }
}
