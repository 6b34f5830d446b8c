package io.byteport.cli.report;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.DiagnosticPage;
import io.byteport.dsl.diagnostic.Severity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A code as SARIF describes a rule, section 3.49: a {@code reportingDescriptor}. */
final class SarifRule {
  private static final Pattern FENCE = Pattern.compile("^```.*\\n", Pattern.MULTILINE);
  private static final Pattern HEADING = Pattern.compile("^#+ ", Pattern.MULTILINE);

  private SarifRule() {}

  static Map<String, Object> of(DiagnosticCode code) {
    DiagnosticPage page = DiagnosticPage.of(code);
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("id", code.id());
    rule.put("name", name(code));
    rule.put("shortDescription", Map.of("text", code.title() + "."));
    rule.put("fullDescription", Map.of("text", plain(page.section("What it means"))));
    Map<String, Object> help = new LinkedHashMap<>();
    help.put("text", plain(page.body()));
    help.put("markdown", page.markdown());
    rule.put("help", help);
    rule.put("defaultConfiguration", Map.of("level", level(code.severity())));
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("tags", List.of("runbook", family(code)));
    properties.put("page", DiagnosticPage.path(code));
    rule.put("properties", properties);
    return rule;
  }

  static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }

  /** {@code ExprUnknownName}. */
  private static String name(DiagnosticCode code) {
    return Arrays.stream(code.name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  /** {@code expr} of {@code BP-EXPR-003}. */
  private static String family(DiagnosticCode code) {
    return code.id().split("-")[1].toLowerCase(Locale.ROOT);
  }

  /** Markdown without its marks. */
  private static String plain(String markdown) {
    return HEADING
        .matcher(FENCE.matcher(markdown).replaceAll(""))
        .replaceAll("")
        .replace("`", "")
        .strip();
  }
}
