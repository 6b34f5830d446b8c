package io.byteport.lsp.navigate;

import io.byteport.dsl.edit.SymbolKind;
import io.byteport.dsl.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a text declares, told by its lines alone, without reading the YAML: quick enough for every
 * file of a project at every key. It knows documents as they are laid out by the formatter; what
 * stands in braces it does not see.
 */
public final class Declarations {
  private static final Pattern LINE =
      Pattern.compile("^( *)(- +)?[\"']?([A-Za-z][A-Za-z0-9_.@-]*)[\"']?:(?: +(.*))?$");
  private static final Pattern WORD = Pattern.compile("^[\"']?([A-Za-z][A-Za-z0-9_.-]*)[\"']?");
  private static final Map<String, SymbolKind> SECTIONS =
      Map.ofEntries(
          Map.entry("params", SymbolKind.PARAMETER),
          Map.entry("inputs", SymbolKind.INPUT),
          Map.entry("detectors", SymbolKind.SIGNAL),
          Map.entry("diagnose", SymbolKind.FACT),
          Map.entry("guardrails", SymbolKind.GUARDRAIL),
          Map.entry("blocks", SymbolKind.BLOCK),
          Map.entry("fixtures", SymbolKind.FIXTURE),
          Map.entry("sources", SymbolKind.SOURCE),
          Map.entry("connections", SymbolKind.CONNECTION),
          Map.entry("channels", SymbolKind.CHANNEL),
          Map.entry("windows", SymbolKind.WINDOW));

  /**
   * @param line from 0
   * @param column of its name, in UTF-16 units from 0
   */
  public record Declaration(SymbolKind kind, String name, int line, int column) {}

  private Declarations() {}

  /** In the order of the text. */
  public static List<Declaration> in(SourceFile file) {
    List<Declaration> found = new ArrayList<>();
    String text = file.text();
    String section = "";
    int indent = -1;
    int line = 0;
    for (int start = 0; start < text.length(); line++) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed;
      int last = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
      int first = start;
      while (first < last && text.charAt(first) == ' ') {
        first++;
      }
      boolean interesting = first < last && text.charAt(first) != '#' && last - first > 2;
      if (interesting && (first == start || worth(section, first - start, indent, text, first))) {
        Matcher seen = LINE.matcher(text).region(start, last);
        if (seen.lookingAt()) {
          String key = seen.group(3);
          int depth = first - start;
          boolean item = seen.group(2) != null;
          if (depth == 0 && !item) {
            section = key;
            indent = -1;
          } else {
            if (indent < 0 && !item) {
              indent = depth;
            }
            declared(section, key, seen, depth == indent && !item, line, start)
                .ifPresent(found::add);
          }
        }
      }
      start = end + 1;
    }
    return found;
  }

  /** Whether a line may declare something: an entry of its section, or an id somewhere. */
  private static boolean worth(String section, int depth, int indent, String text, int first) {
    return indent < 0
        || depth == indent
        || text.startsWith("- ", first)
        || text.startsWith("id:", first)
        || section.equals("classify");
  }

  private static Optional<Declaration> declared(
      String section, String key, Matcher line, boolean entry, int number, int start) {
    SymbolKind kind = SECTIONS.get(section);
    if (kind != null && entry) {
      return Optional.of(new Declaration(kind, key, number, line.start(3) - start));
    }
    SymbolKind valued =
        switch (key) {
          case "id" -> kindOfId(section);
          case "class" -> section.equals("classify") ? SymbolKind.CLASS : null;
          default -> null;
        };
    if (valued == null || line.group(4) == null) {
      return Optional.empty();
    }
    Matcher word = WORD.matcher(line.group(4));
    return word.find()
        ? Optional.of(
            new Declaration(valued, word.group(1), number, line.start(4) + word.start(1) - start))
        : Optional.empty();
  }

  private static @Nullable SymbolKind kindOfId(String section) {
    return switch (section) {
      case "metadata" -> SymbolKind.RUNBOOK;
      case "remediate", "blocks", "verify", "rollback" -> SymbolKind.STEP;
      default -> null;
    };
  }
}
