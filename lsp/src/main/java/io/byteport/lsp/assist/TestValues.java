package io.byteport.lsp.assist;

import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.edit.Place;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What may stand as a value in a test. Used once, by one thread. */
final class TestValues {
  private final ValueOffers values;
  private final Sight sight;
  private final Place place;
  private final Paths path;

  TestValues(ValueOffers values, Sight sight) {
    this.values = values;
    this.sight = sight;
    this.place = sight.place();
    this.path = new Paths(place.path());
  }

  void all() {
    if (path.is("runbook")) {
      values.runbooks();
    } else if (path.ends("use", "[]")) {
      fixtures();
    } else if (path.ends("signal", "type")) {
      values.found(
          (analysis, origins) ->
              analysis
                  .runbook()
                  .detectors()
                  .forEach(
                      (id, detector) ->
                          values.reference(id, "", detector.doc() == null ? "" : detector.doc())));
    } else if (path.ends("signal", "status")) {
      values.word("firing", "");
      values.word("resolved", "");
    } else if (path.ends("expect", "class")) {
      values.found(
          (analysis, origins) -> {
            Set<String> classes = new LinkedHashSet<>();
            analysis
                .runbook()
                .classify()
                .rules()
                .forEach(rule -> classes.add(rule.classId().name()));
            classes.add("unknown");
            classes.forEach(id -> values.reference(id, "class", origins.classOf(id).orElse("")));
          });
    } else if (path.ends("undecided", "[]")) {
      values.found(values::facts);
    } else if (path.ends("after") || path.ends("did", "[]") || path.ends("planned", "[]")) {
      values.found(
          (analysis, origins) ->
              analysis
                  .steps()
                  .forEach(
                      (id, step) -> {
                        if (step.head().given()) {
                          values.reference(id, "step", origins.step(id).orElse(""));
                        }
                      }));
    } else if (path.ends("unmet", "[]")) {
      values.found(
          (analysis, origins) -> {
            Runbook.Verify verify = analysis.runbook().verify();
            if (verify != null) {
              verify.expect().keySet().forEach(id -> values.reference(id, "expectation", ""));
            }
          });
    } else if (path.ends("stoppedBy")) {
      values.found(
          (analysis, origins) ->
              analysis
                  .runbook()
                  .guardrails()
                  .keySet()
                  .forEach(id -> values.reference(id, "guardrail", "")));
    } else if (path.ends("to", "[]")) {
      EntrySection.CHANNEL_KINDS.forEach(kind -> values.word(kind, ""));
    } else if (path.last("rules") >= 0 || path.last("expectations") >= 0) {
      values.booleans();
      values.word("undecided", "");
    }
  }

  /** The fixtures of this file, and of those of the project. */
  private void fixtures() {
    Set<String> names = new LinkedHashSet<>();
    if (YamlReader.read(place.mended(false).file()).valueOrNull() instanceof YamlMapping root
        && root.get("fixtures").orElse(null) instanceof YamlMapping map) {
      map.entries().forEach(entry -> names.add(entry.key().text()));
    }
    for (SourceFile file : sight.view().texts().files()) {
      if (file.name().endsWith(".fixtures.yaml")) {
        names.addAll(
            sight.view().texts().outline(file).names().getOrDefault("fixtures", List.of()));
      }
    }
    names.forEach(name -> values.reference(name, "fixture", ""));
  }
}
