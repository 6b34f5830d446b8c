package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.byteport.adapter.kubernetes.rbac.AccessManifest;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.action.Vocabulary;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.Requirements;
import io.byteport.dsl.model.Id;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the chart knows of the library is what the library says; {@code -Dgolden.update=true} writes
 * it.
 */
class ChartDataTest {
  private static final Pattern SNIPPET = Pattern.compile("(?ms)^ *```yaml\\n(.*?)^ *```$");
  private static final String MARK = "<!-- values -->\n";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private static void isWritten(String file, String fresh) throws IOException {
    Path path = ChartValues.CHART.resolve(file);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(path, fresh);
    }
    assertThat(Files.readString(path)).isEqualTo(fresh);
  }

  private static String json(Object tree) {
    return JSON.writeValueAsString(tree).replace("\r\n", "\n") + "\n";
  }

  @Test
  void the_chart_grants_each_runbook_what_it_needs() throws IOException {
    Language language = Language.load();
    Map<String, Object> runbooks = new TreeMap<>();
    for (CheckedRunbook runbook : language.wanted(List.of())) {
      runbooks.put(runbook.id(), needs(runbook, language.catalogue().vocabulary()));
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("clusterWide", AccessManifest.clusterWide());
    data.put("runbooks", runbooks);
    isWritten("files/rbac.json", json(data));
  }

  @Test
  void the_schema_of_the_values_says_what_the_values_and_the_catalogues_say() throws IOException {
    isWritten(
        "values.schema.json",
        json(new ChartSchema(ChartValues.read(), Language.load().catalogue()).make()));
  }

  @Test
  void the_readme_lists_every_value() throws IOException {
    String readme = Files.readString(ChartValues.CHART.resolve("README.md"));
    assertThat(readme).contains(MARK);
    isWritten(
        "README.md",
        readme.substring(0, readme.indexOf(MARK) + MARK.length()) + table(ChartValues.read()));
  }

  private static List<Error> findings(String values) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
        .getSchema(
            Files.readString(ChartValues.CHART.resolve("values.schema.json")), InputFormat.JSON)
        .validate(values, InputFormat.YAML);
  }

  @Test
  void the_schema_takes_the_values_as_they_come_and_the_examples() throws IOException {
    assertThat(findings(ChartValues.read().text())).isEmpty();
    try (Stream<Path> examples = Files.list(ChartValues.CHART.resolve("ci"))) {
      for (Path example : examples.sorted().toList()) {
        assertThat(findings(Files.readString(example))).as(example.toString()).isEmpty();
      }
    }
  }

  @Test
  void the_schema_takes_every_configuration_that_the_documentation_shows() throws IOException {
    List<String> shown = new ArrayList<>();
    shown.add(Files.readString(Path.of("../examples/agent/agent.yaml")));
    for (String page : List.of("agent", "channels", "sources", "http", "deploying")) {
      SNIPPET
          .matcher(Files.readString(Path.of("../docs/" + page + ".md")))
          .results()
          .map(snippet -> snippet.group(1).stripIndent())
          .filter(text -> page.equals("agent") || text.contains("kind: Agent"))
          .forEach(shown::add);
    }
    assertThat(shown).hasSizeGreaterThan(8);
    for (String configuration : shown) {
      assertThat(findings("config:\n" + configuration.indent(2))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replica: 2",
        "replicas: many",
        "config: { soruces: {} }",
        "config: { mode: lve }",
        "config: { sources: { a: { type: grafna } } }",
        "config: { sources: { a: { type: grafana, adress: x } } }",
        "config: { channels: { a: { type: slack-webhook, credentials: { address: x } } } }",
        "config: { channels: { a: { type: slack-webhook } } }",
        "config: { connections: { a: { type: postgres } } }",
        "config: { connections: { a: { type: postgres, address: a, tls: maybe } } }",
        "config: { autonomy: [{ when: true, level: atc }] }",
        "config: { access: { people: { a: { role: boss, token: { env: A } } } } }",
      })
  void the_schema_refuses_what_is_none(String values) throws IOException {
    assertThat(findings(values)).isNotEmpty();
  }

  @Test
  void pods_are_exchanged_for_the_sections_of_which_the_guide_says_that_they_wait()
      throws IOException {
    String guide = Files.readString(Path.of("../docs/operating.md"));
    Matcher sentence =
        Pattern.compile("(`[a-z`, ]+) and the agent's name take effect at the next start")
            .matcher(guide);
    assertThat(sentence.find()).isTrue();
    Set<String> waiting = new TreeSet<>(Set.of("metadata"));
    Pattern.compile("`([a-z]+)`")
        .matcher(sentence.group(1))
        .results()
        .forEach(word -> waiting.add(word.group(1)));
    Matcher pick =
        Pattern.compile("pick \\$config ([a-z\" ]+)")
            .matcher(Files.readString(ChartValues.CHART.resolve("templates/_config.tpl")));
    assertThat(pick.find()).isTrue();
    assertThat(pick.group(1).replace("\"", "").strip().split(" ", -1))
        .containsExactlyInAnyOrderElementsOf(waiting);
  }

  private static String table(ChartValues values) {
    StringBuilder table = new StringBuilder("\n| value | without it | |\n|---|---|---|\n");
    values
        .all()
        .forEach(
            (path, entry) ->
                table
                    .append("| `")
                    .append(path)
                    .append("` | `")
                    .append(ChartValues.written(entry.value()))
                    .append("` | ")
                    .append(values.doc(entry).replace("|", "\\|"))
                    .append(" |\n"));
    return table.toString();
  }

  private static Map<String, Object> needs(CheckedRunbook runbook, Vocabulary vocabulary) {
    Map<String, Object> needs = new LinkedHashMap<>();
    needs.put("status", runbook.runbook().metadata().status());
    needs.put(
        "aliases", runbook.runbook().metadata().aliases().stream().map(Id::name).sorted().toList());
    needs.put(
        "read",
        ofCluster(Requirements.of(runbook, action -> action.effect() == Effect.READ), vocabulary));
    needs.put("all", ofCluster(Requirements.of(runbook), vocabulary));
    return needs;
  }

  private static Map<String, Set<String>> ofCluster(Requirements needs, Vocabulary vocabulary) {
    Predicate<String> isOfCluster =
        resource -> !vocabulary.operations().containsKey(resource) && !resource.startsWith("{");
    Map<String, Set<String>> verbs = new TreeMap<>(needs.resources());
    verbs.keySet().removeIf(isOfCluster.negate());
    return verbs;
  }
}
