package io.byteport.cli.report;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.Severity;
import io.byteport.dsl.workspace.Report;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * Workflow commands, which GitHub turns into annotations of the changed lines, and a last line for
 * the log. GitHub shows the first ten errors and the first ten warnings of a step.
 *
 * <p>A text cannot end a command or begin another: {@code %} and line breaks are escaped, in
 * properties {@code :} and {@code ,} too. Other control characters and those that turn the
 * direction of writing around become U+FFFD, since the log is read on terminals.
 *
 * @see <a
 *     href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">workflow
 *     commands</a>
 */
public final class GitHubReport implements ReportWriter {
  private static final int LONGEST_TEXT = 4_000;

  private final Path root;

  /**
   * @param root the folder that annotations are relative to: where the repository was checked out
   */
  public GitHubReport(Path root) {
    this.root = root;
  }

  @Override
  public void write(Report report, PrintWriter out) {
    report.findings().forEach(finding -> out.println(command(finding)));
    out.println(
        Wording.count(report.files().size(), "file")
            + " checked, "
            + Wording.count(report.count(Severity.ERROR), "error")
            + ", "
            + Wording.count(report.count(Severity.WARNING), "warning"));
  }

  private String command(Diagnostic finding) {
    Place place = Place.of(finding);
    StringBuilder command = new StringBuilder("::").append(level(finding.severity()));
    command
        .append(" file=")
        .append(property(SourcePath.of(root, finding.file().name()).text()))
        .append(",line=")
        .append(place.line())
        .append(",endLine=")
        .append(place.endLine());
    if (place.line() == place.endLine()) {
      // Columns of a place on several lines are refused; the last column belongs to the place.
      command
          .append(",col=")
          .append(place.column())
          .append(",endColumn=")
          .append(Math.max(place.column(), place.endColumn() - 1));
    }
    return command
        .append(",title=")
        .append(property(finding.code().id() + " " + finding.code().title()))
        .append("::")
        .append(data(Wording.of(finding)))
        .toString();
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "notice";
    };
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  private static String data(String text) {
    return readable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String readable(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_TEXT)
        .forEach(codePoint -> out.appendCodePoint(isHarmful(codePoint) ? 0xFFFD : codePoint));
    return text.codePointCount(0, text.length()) > LONGEST_TEXT
        ? out.append('…').toString()
        : out.toString();
  }

  private static boolean isHarmful(int codePoint) {
    int type = Character.getType(codePoint);
    return (Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\r')
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || turnsDirection(codePoint);
  }

  private static boolean turnsDirection(int codePoint) {
    return codePoint == 0x061C
        || codePoint == 0x200E
        || codePoint == 0x200F
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }
}
