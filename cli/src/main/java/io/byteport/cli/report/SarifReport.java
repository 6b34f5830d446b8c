package io.byteport.cli.report;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.workspace.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * SARIF 2.1.0, which code hosts and editors show: one run with the rules that were broken, each
 * with its whole page as help, and all findings. Files are named relative to the folder {@code
 * SRCROOT}, whose own address is not told, so that a report is the same on every machine.
 *
 * <p>{@code helpUri} and {@code informationUri} are left out: the pages travel with the program and
 * in the report, they have no address of their own.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class SarifReport implements ReportWriter {
  static final String ROOT = "SRCROOT";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final String version;
  private final Path root;
  private final ToIntFunction<Report> exitCode;
  private final Function<Diagnostic, List<Suppression>> suppressions;

  /**
   * @param version of the program
   * @param root the folder that files are named relative to: where the repository was checked out
   * @param exitCode with which the program ends after a report
   */
  public SarifReport(String version, Path root, ToIntFunction<Report> exitCode) {
    this(version, root, exitCode, finding -> List.of());
  }

  /**
   * @param version of the program
   * @param root the folder that files are named relative to: where the repository was checked out
   * @param exitCode with which the program ends after a report
   * @param suppressions of a finding; none where it stands
   */
  public SarifReport(
      String version,
      Path root,
      ToIntFunction<Report> exitCode,
      Function<Diagnostic, List<Suppression>> suppressions) {
    this.version = version;
    this.root = root;
    this.exitCode = exitCode;
    this.suppressions = suppressions;
  }

  @Override
  public void write(Report report, PrintWriter out) {
    out.println(MAPPER.writeValueAsString(log(report)));
  }

  private Map<String, Object> log(Report report) {
    Map<String, Object> log = new LinkedHashMap<>();
    log.put(
        "$schema",
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
    log.put("version", "2.1.0");
    log.put("runs", List.of(run(report)));
    return log;
  }

  private Map<String, Object> run(Report report) {
    List<DiagnosticCode> broken =
        report.findings().map(Diagnostic::code).distinct().sorted().toList();
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "BytePort");
    driver.put("version", version);
    driver.put("rules", broken.stream().map(SarifRule::of).toList());
    SarifResults results = new SarifResults(root, broken, suppressions);
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put(
        "invocations",
        List.of(ordered("executionSuccessful", true, "exitCode", exitCode.applyAsInt(report))));
    run.put(
        "originalUriBaseIds",
        Map.of(
            ROOT,
            Map.of("description", Map.of("text", "The folder in which the program was started."))));
    run.put("columnKind", "unicodeCodePoints");
    run.put("results", report.findings().map(results::of).toList());
    return run;
  }

  private static Map<String, Object> ordered(
      String first, Object value, String second, Object other) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(first, value);
    map.put(second, other);
    return map;
  }
}
