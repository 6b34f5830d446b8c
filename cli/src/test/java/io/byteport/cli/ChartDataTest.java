package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.kubernetes.rbac.AccessManifest;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.action.Vocabulary;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.Requirements;
import io.byteport.dsl.model.Id;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the chart knows of the library is what the library says; {@code -Dgolden.update=true} writes
 * it.
 */
class ChartDataTest {
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
        ofCluster(
            Requirements.of(runbook, action -> action.effect() == Effect.READ), vocabulary));
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
