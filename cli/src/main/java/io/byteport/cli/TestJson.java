package io.byteport.cli;

import io.byteport.cli.coverage.CoveredLines;
import io.byteport.cli.report.DiagnosticJson;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.engine.coverage.Coverage;
import io.byteport.engine.coverage.Point;
import io.byteport.engine.sim.CaseResult;
import io.byteport.engine.sim.CaseResult.Mismatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Results of tests as JSON. Lines count from 1. */
final class TestJson {
  private TestJson() {}

  static Map<String, Object> of(TestResults results, List<Coverage> coverages) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("holds", results.holds());
    json.put("played", results.played());
    json.put("failed", results.failures());
    json.put("skipped", results.skipped());
    json.put("left", results.left());
    json.put("milliseconds", results.took().toMillis());
    json.put("files", results.files().stream().map(TestJson::file).toList());
    if (!coverages.isEmpty()) {
      json.put("coverage", coverages.stream().map(TestJson::coverage).toList());
    }
    return json;
  }

  private static Map<String, Object> file(TestedFile tested) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", tested.file().name());
    json.put("runbook", tested.name());
    json.put("holds", tested.holds());
    json.put("findings", DiagnosticJson.of(tested.findings()));
    json.put("cases", tested.cases().stream().map(one -> one(tested.file(), one)).toList());
    return json;
  }

  private static Map<String, Object> one(SourceFile file, TestedCase tested) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", tested.testCase().name());
    json.put("line", line(file, tested.testCase().place()));
    if (!tested.testCase().tags().isEmpty()) {
      json.put("tags", List.copyOf(new TreeSet<>(tested.testCase().tags())));
    }
    CaseResult result = tested.result();
    if (result == null) {
      json.put("skipped", tested.skipped());
      return json;
    }
    json.put("holds", result.holds());
    json.put("milliseconds", tested.took().toMillis());
    json.put("ending", result.ending());
    json.put(
        "mismatches", result.mismatches().stream().map(misfit -> misfit(file, misfit)).toList());
    if (!result.holds()) {
      json.put("explanation", result.explanation());
    }
    return json;
  }

  private static Map<String, Object> misfit(SourceFile file, Mismatch misfit) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("what", misfit.what());
    json.put("expected", misfit.expected());
    json.put("found", misfit.found());
    json.put("line", line(file, misfit.span()));
    return json;
  }

  private static int line(SourceFile file, Span span) {
    return TestReport.line(file, span.start());
  }

  private static Map<String, Object> coverage(Coverage coverage) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runbook", coverage.runbook().id());
    json.put("file", coverage.runbook().source().name());
    json.put("reached", coverage.reached());
    json.put("total", coverage.total());
    json.put("percent", coverage.percent());
    json.put(
        "points",
        coverage.hits().entrySet().stream()
            .map(hit -> point(coverage, hit.getKey(), hit.getValue()))
            .toList());
    return json;
  }

  private static Map<String, Object> point(Coverage coverage, Point point, int hits) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", point.kind().title());
    json.put("name", point.name());
    json.put("branch", point.branch());
    json.put("file", CoveredLines.file(coverage, point).name());
    json.put("line", CoveredLines.line(coverage, point));
    json.put("hits", hits);
    json.put("counts", point.counts());
    return json;
  }
}
