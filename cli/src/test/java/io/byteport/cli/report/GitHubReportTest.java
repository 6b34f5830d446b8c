package io.byteport.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Severity;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.workspace.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GitHubReportTest {
  private static final SourceFile FILE =
      new SourceFile("runbooks/a,b:c.yaml", "first: 1\nsecond: 2\nthird: 3\n");

  private final GitHubReport writer = new GitHubReport(Path.of("/srv/checkout"));

  @Test
  void a_finding_is_an_annotation_of_its_columns() {
    assertThat(annotation(Reports.unknownField(FILE, new Span(9, 15), "expected 80%, found `x`")))
        .isEqualTo(
            "::error file=runbooks/a%2Cb%3Ac.yaml,line=2,endLine=2,col=1,endColumn=6,"
                + "title=BP-SCHEMA-001 A field does not exist here"
                + "::expected 80%25, found `x`%0AHint: take it away");
  }

  @Test
  void a_place_on_several_lines_has_no_columns() {
    assertThat(annotation(Reports.unknownField(FILE, new Span(0, 15), "x")))
        .contains(",line=1,endLine=2,title=");
  }

  @Test
  void an_empty_place_is_one_column() {
    assertThat(annotation(Reports.unknownField(FILE, new Span(9, 9), "x")))
        .contains(",line=2,endLine=2,col=1,endColumn=1,");
  }

  @Test
  void each_severity_has_its_command() {
    assertThat(annotation(finding(Severity.WARNING))).startsWith("::warning file=");
    assertThat(annotation(finding(Severity.INFO))).startsWith("::notice file=");
  }

  private static Diagnostic finding(Severity severity) {
    return new Diagnostic(
        DiagnosticCode.FLOW_CYCLE, severity, FILE, new Span(0, 5), "x", null, List.of(), List.of());
  }

  @Test
  void the_log_ends_with_the_number_of_findings() {
    assertThat(Reports.written(writer, Reports.of(FILE, finding(Severity.WARNING))))
        .endsWith("\n1 file checked, 0 errors, 1 warning\n");
  }

  @Test
  void no_text_ends_its_command_or_begins_another() {
    String written = Reports.written(writer, Reports.hostile(Reports.HOSTILE));
    assertThat(written.lines()).hasSize(2);
    assertThat(written.lines().filter(line -> line.startsWith("::"))).hasSize(1);
    String properties = written.substring(2, written.indexOf("::", 2));
    assertThat(properties.split(",")).hasSize(4);
    assertThat(written.codePoints())
        .noneMatch(
            each ->
                (Character.isISOControl(each) && each != '\n') || each == 0x202E || each == 0x200F);
  }

  @Test
  void a_message_of_a_megabyte_is_cut() {
    assertThat(annotation(Reports.unknownField(FILE, new Span(0, 1), "😀".repeat(1 << 18))))
        .hasSizeLessThan(10_000)
        .endsWith("😀…");
  }

  @Test
  void every_golden_finding_is_one_line() throws IOException {
    for (Report report : Reports.golden()) {
      assertThat(Reports.written(writer, report).lines())
          .hasSize((int) report.findings().count() + 1);
    }
  }

  private String annotation(Diagnostic finding) {
    return Reports.written(writer, Reports.of(finding.file(), finding))
        .lines()
        .findFirst()
        .orElseThrow();
  }
}
