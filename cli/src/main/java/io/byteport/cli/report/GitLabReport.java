package io.byteport.cli.report;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.workspace.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * GitLab's code quality report, which it shows in merge requests.
 *
 * @see <a href="https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format">the
 *     format</a>
 */
public final class GitLabReport implements ReportWriter {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path root;

  /**
   * @param root the folder that files are named relative to: where the repository was checked out
   */
  public GitLabReport(Path root) {
    this.root = root;
  }

  @Override
  public void write(Report report, PrintWriter out) {
    Fingerprints fingerprints = new Fingerprints(root);
    out.println(
        MAPPER.writeValueAsString(
            report.findings().map(finding -> issue(finding, fingerprints)).toList()));
  }

  private Map<String, Object> issue(Diagnostic finding, Fingerprints fingerprints) {
    Place place = Place.of(finding);
    Map<String, Object> issue = new LinkedHashMap<>();
    issue.put("description", finding.code().id() + ": " + Wording.of(finding));
    issue.put("check_name", finding.code().id());
    issue.put("fingerprint", fingerprints.of(finding));
    issue.put("severity", severity(finding));
    Map<String, Object> location = new LinkedHashMap<>();
    location.put("path", SourcePath.of(root, finding.file().name()).text());
    location.put("lines", Map.of("begin", place.line()));
    issue.put("location", location);
    return issue;
  }

  private static String severity(Diagnostic finding) {
    return switch (finding.severity()) {
      case ERROR -> "major";
      case WARNING -> "minor";
      case INFO -> "info";
    };
  }
}
