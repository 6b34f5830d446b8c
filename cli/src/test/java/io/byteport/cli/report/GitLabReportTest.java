package io.byteport.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.workspace.Report;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GitLabReportTest {
  private final GitLabReport writer = new GitLabReport(Reports.ROOT);

  private JsonNode issues(Report report) {
    return JsonMapper.shared().readTree(Reports.written(writer, report));
  }

  @Test
  void a_finding_is_an_issue_of_its_line() {
    SourceFile file = new SourceFile("./runbooks/a b.yaml", "first: 1\nsecond: 2\n");
    JsonNode issue =
        issues(Reports.of(file, Reports.unknownField(file, new Span(9, 15), "x"))).get(0);
    assertThat(issue.at("/description").stringValue())
        .isEqualTo("BP-SCHEMA-001: x\nHint: take it away");
    assertThat(issue.at("/check_name").stringValue()).isEqualTo("BP-SCHEMA-001");
    assertThat(issue.at("/severity").stringValue()).isEqualTo("major");
    assertThat(issue.at("/location/path").stringValue()).isEqualTo("runbooks/a b.yaml");
    assertThat(issue.at("/location/lines/begin").intValue()).isEqualTo(2);
  }

  @Test
  void fingerprints_of_a_report_differ() throws IOException {
    for (Report report : Reports.golden()) {
      List<String> fingerprints =
          issues(report)
              .valueStream()
              .map(issue -> issue.path("fingerprint").stringValue())
              .toList();
      assertThat(fingerprints).hasSize((int) report.findings().count()).doesNotHaveDuplicates();
    }
  }

  @Test
  void hostile_names_and_messages_make_valid_json() {
    assertThat(issues(Reports.hostile(Reports.HOSTILE)).at("/0/location/path").stringValue())
        .isNotBlank();
  }

  @Test
  void a_clean_report_is_an_empty_list() {
    assertThat(issues(Reports.of(new SourceFile("a.yaml", ""))).isEmpty()).isTrue();
  }
}
