package io.byteport.cli.gallery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The gallery as Markdown: one page for each runbook and one of contents. */
public final class GalleryMarkdown {
  private final StringBuilder page = new StringBuilder();

  private GalleryMarkdown() {}

  /** Texts by file name; the contents are {@code README.md}. */
  public static Map<String, String> pages(List<Sheet> sheets) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("README.md", new GalleryMarkdown().contents(sheets));
    for (Sheet sheet : sheets) {
      pages.put(sheet.about().id() + ".md", new GalleryMarkdown().runbook(sheet));
    }
    return pages;
  }

  /** Runbooks by category, both in alphabetical order. */
  static Map<String, List<Sheet>> categories(List<Sheet> sheets) {
    return sheets.stream()
        .collect(
            Collectors.groupingBy(
                sheet -> sheet.about().category(), TreeMap::new, Collectors.toList()));
  }

  private String contents(List<Sheet> sheets) {
    line("# Runbooks");
    line("");
    line(
        sheets.size()
            + (sheets.size() == 1 ? " runbook. " : " runbooks. ")
            + "These pages are made from the runbooks themselves by `byteport docs`.");
    categories(sheets)
        .forEach(
            (category, all) -> {
              line("");
              line("## " + category);
              line("");
              header("runbook", "severity", "status", "what it is for", "signals");
              for (Sheet sheet : all) {
                Sheet.About about = sheet.about();
                cells(
                    "[" + about.id() + "](" + about.id() + ".md)",
                    about.severity(),
                    about.status(),
                    text(about.title()),
                    sheet.signals().stream()
                        .map(signal -> code(signal.name()))
                        .collect(Collectors.joining(", ")));
              }
            });
    return page.toString();
  }

  private String runbook(Sheet sheet) {
    about(sheet.about());
    section("Flow");
    line("```mermaid");
    line(Mermaid.of(sheet).stripTrailing());
    line("```");
    signals(sheet.signals());
    rules(sheet.rules());
    classes(sheet);
    guardrails(sheet.guardrails());
    verification(sheet);
    calls(sheet.calls());
    rows("Inputs", "input", sheet.inputs());
    rows("Parameters", "parameter", sheet.params());
    rows("Facts", "fact", sheet.facts());
    needs(sheet);
    if (!sheet.tests().isEmpty()) {
      section("Tests");
      sheet.tests().forEach(test -> line("- " + text(test)));
    }
    return page.toString();
  }

  private void about(Sheet.About about) {
    line("# " + about.id());
    line("");
    line("**" + text(about.title()) + "**");
    line("");
    line(
        String.join(", ", about.category(), about.severity(), about.status(), about.version())
            + ". About a "
            + about.target()
            + "."
            + (about.aliases().isEmpty() ? "" : " Also called " + codes(about.aliases()) + ".")
            + (about.supersedes().isEmpty()
                ? ""
                : " Supersedes " + codes(about.supersedes()) + "."));
    if (!about.doc().isEmpty()) {
      line("");
      line(text(about.doc()));
    }
  }

  private void signals(List<Sheet.Signal> signals) {
    section("Signals");
    header("signal", "raised here when", "meaning");
    for (Sheet.Signal signal : signals) {
      cells(
          code(signal.name())
              + (signal.aliases().isEmpty() ? "" : " or " + codes(signal.aliases())),
          signal.watch() == null ? "delivered by an alert source" : code(signal.watch()),
          text(signal.doc()));
    }
  }

  private void rules(Sheet.Rules rules) {
    section("Rules");
    line(
        "The first that holds decides; it acts from a confidence of "
            + String.format(Locale.ROOT, "%.2f", rules.least())
            + " on"
            + (rules.passes() > 1 ? ", and looks " + rules.passes() + " times" : "")
            + ".");
    line("");
    header("", "class", "confidence", "when", "because");
    int number = 0;
    for (Sheet.Rule rule : rules.all()) {
      cells(
          Integer.toString(++number),
          code(rule.classId()),
          code(rule.confidence()),
          code(rule.when()),
          text(rule.because()));
    }
  }

  private void classes(Sheet sheet) {
    section("What is done");
    for (Sheet.Course course : sheet.classes()) {
      line("### " + course.classId());
      line("");
      if (course.steps().isEmpty()) {
        line("Nothing; a human is called.");
      }
      steps(course.steps(), 0);
      if (!course.advice().isEmpty()) {
        line("");
        line("Advice: " + text(course.advice()));
      }
      if (course.rollback() != null) {
        line("");
        line("Rolled back by:");
        line("");
        steps(course.rollback().steps(), 0);
      }
      line("");
    }
    page.setLength(page.length() - 1);
  }

  private void steps(List<Sheet.Deed> steps, int depth) {
    for (Sheet.Deed step : steps) {
      line(
          "  ".repeat(depth)
              + "- "
              + (step.id().isEmpty() ? "" : "**" + step.id() + "** ")
              + code(step.what())
              + effect(step.effect())
              + (step.when().isEmpty() ? "" : " when " + code(step.when())));
      for (Sheet.Branch branch : step.below()) {
        boolean labelled = !branch.label().isEmpty();
        if (labelled) {
          line("  ".repeat(depth + 1) + "- " + code(branch.label()));
        }
        steps(branch.steps(), depth + (labelled ? 2 : 1));
      }
    }
  }

  private static String effect(Sheet.Effect effect) {
    return switch (effect) {
      case READ -> " (reads)";
      case CHANGE -> " (**changes**)";
      case PROPOSE -> " (proposes)";
      case PREVIEW -> " (shown, never done)";
      case CALL -> "";
      case NONE -> "";
    };
  }

  private void guardrails(List<Sheet.Guard> guardrails) {
    if (guardrails.isEmpty()) {
      return;
    }
    section("Guardrails");
    header("guardrail", "kind", "rule", "guards");
    for (Sheet.Guard guard : guardrails) {
      cells(
          code(guard.name()),
          guard.kind(),
          code(guard.rule()) + (guard.leavesOut() ? " (else left out)" : ""),
          guard.guards().isEmpty() ? "every change" : codes(guard.guards()));
    }
  }

  private void verification(Sheet sheet) {
    Sheet.Proof proof = sheet.verification();
    if (proof != null) {
      section("Verification");
      if (!proof.times().isEmpty()) {
        line("Looked " + proof.times() + ".");
        line("");
      }
      header("expectation", "holds when");
      proof.expectations().forEach(row -> cells(code(row.name()), code(row.text())));
    }
    Sheet.Undo rollback = sheet.rollback();
    if (rollback != null) {
      section("Rollback");
      line(
          rollback.when().isEmpty()
              ? "After every bad end that follows a change:"
              : "When " + code(rollback.when()) + ":");
      line("");
      steps(rollback.steps(), 0);
    }
  }

  private void calls(List<Sheet.Call> calls) {
    if (calls.isEmpty()) {
      return;
    }
    section("Who hears of it");
    header("event", "channel", "condition");
    for (Sheet.Call call : calls) {
      call.channels().forEach(row -> cells(call.event(), row.name(), lines(row.text())));
    }
  }

  private void needs(Sheet sheet) {
    List<String> needs = new ArrayList<>();
    sheet
        .needs()
        .resources()
        .forEach((name, verbs) -> needs.add(code(name) + ": " + String.join(", ", verbs)));
    sheet
        .needs()
        .grants()
        .forEach((name, grants) -> needs.add(name + ": " + String.join(", ", grants)));
    if (!sheet.needs().binaries().isEmpty()) {
      needs.add("programs: " + String.join(", ", sheet.needs().binaries()));
    }
    if (!needs.isEmpty()) {
      section("Permissions");
      needs.forEach(need -> line("- " + need));
    }
  }

  private void rows(String title, String first, List<Sheet.Row> rows) {
    if (!rows.isEmpty()) {
      section(title);
      header(first, "");
      rows.forEach(row -> cells(code(row.name()), lines(row.text())));
    }
  }

  private void section(String title) {
    line("");
    line("## " + title);
    line("");
  }

  private void header(String... names) {
    line("| " + String.join(" | ", names) + " |");
    line("|" + "---|".repeat(names.length));
  }

  private void cells(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  private static String codes(List<String> words) {
    return words.stream().map(GalleryMarkdown::code).collect(Collectors.joining(", "));
  }

  /** As code that stays what it is in a cell of a table. */
  private static String code(String text) {
    String fence = text.contains("`") ? "``" : "`";
    return fence + text.replace("|", "\\|") + fence;
  }

  private static String lines(String text) {
    return text.lines().map(GalleryMarkdown::text).collect(Collectors.joining("<br>"));
  }

  /** Prose in which nothing is markup. */
  private static String text(String text) {
    return text.replaceAll("([\\\\*_\\[\\]<>|#])", "\\\\$1").replaceAll("\\s+", " ");
  }
}
