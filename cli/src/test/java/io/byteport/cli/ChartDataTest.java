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

/**
 * What the chart knows of the library is what the library says; {@code -Dgolden.update=true} writes
 * it.
 */
class ChartDataTest {
  private static final Path FILE = Path.of("../examples/helm/byteport/files/rbac.json");

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
    String text = Json.text(data).replace("\r\n", "\n") + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FILE, text);
    }
    assertThat(Files.readString(FILE)).isEqualTo(text);
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
