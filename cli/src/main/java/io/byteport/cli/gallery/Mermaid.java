package io.byteport.cli.gallery;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The flow of a runbook as a diagram.
 *
 * @see <a href="https://mermaid.js.org/syntax/flowchart.html">Mermaid: flowcharts</a>
 */
public final class Mermaid {
  private Mermaid() {}

  /** The text of the diagram, which ends with a line break. */
  public static String of(Sheet sheet) {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    text.append(
        node(
            "signals",
            "([",
            sheet.signals().stream().map(Sheet.Signal::name).collect(Collectors.joining("\n")),
            "])"));
    text.append(node("facts", "[", sheet.facts().size() + " facts", "]"));
    text.append("  signals --> facts --> rules{first rule that holds}\n");
    text.append("  called([a human is called])\n");
    boolean proof = sheet.verification() != null;
    if (sheet.classes().stream().anyMatch(Sheet.Course::changes)) {
      text.append("  resolved([resolved])\n");
      if (proof) {
        text.append("  verify{verified}\n  verify -->|yes| resolved\n  verify -->|no| called\n");
      }
    }
    int number = 0;
    for (Sheet.Course course : sheet.classes()) {
      String id = "class" + number++;
      text.append(node(id, "[", shown(course), "]"));
      text.append("  rules -->|")
          .append(quoted(course.classId() + confidence(sheet, course)))
          .append("| ")
          .append(id)
          .append('\n');
      text.append("  ")
          .append(id)
          .append(" --> ")
          .append(course.changes() ? proof ? "verify" : "resolved" : "called")
          .append('\n');
    }
    return text.toString();
  }

  private static String shown(Sheet.Course course) {
    List<String> deeds = course.steps().stream().map(Sheet.Deed::what).limit(6).toList();
    return deeds.isEmpty() ? "nothing" : String.join("\n", deeds);
  }

  private static String confidence(Sheet sheet, Sheet.Course course) {
    return sheet.rules().all().stream()
        .filter(rule -> rule.classId().equals(course.classId()))
        .map(Sheet.Rule::confidence)
        .filter(confidence -> !confidence.contains(" "))
        .findFirst()
        .map(confidence -> " " + confidence)
        .orElse("");
  }

  private static String node(String id, String open, String text, String close) {
    return "  " + id + open + quoted(text) + close + "\n";
  }

  /** Entities are written with a hash sign; a line ends with a tag. */
  private static String quoted(String text) {
    return '"'
        + text.replace("#", "#35;")
            .replace("\"", "#quot;")
            .replace("<", "#lt;")
            .replace(">", "#gt;")
            .replace("\n", "<br>")
        + '"';
  }
}
