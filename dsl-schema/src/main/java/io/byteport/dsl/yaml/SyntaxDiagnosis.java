package io.byteport.dsl.yaml;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Says in the language's own words why a text is not YAML: what was expected, what was found and
 * what to do. The parser's words only serve to tell the cases apart; what it says in a case that is
 * not known here becomes a general sentence at the same place.
 */
final class SyntaxDiagnosis {
  private static final Pattern NO_SPACE_AFTER_COLON =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*:[^\\s:/].*");

  private static final String QUOTE = "put the whole value in quotes";

  private final SourceFile file;
  private final @Nullable YamlNode last;
  private final char inside;
  private final Surroundings around;

  /**
   * @param last the node that was read last, or null where there was none
   * @param inside the bracket of the flow collection that was being read, or a space
   */
  SyntaxDiagnosis(SourceFile file, @Nullable YamlNode last, char inside) {
    this.file = file;
    this.last = last;
    this.inside = inside;
    this.around = new Surroundings(file);
  }

  Diagnostic of(YamlEngineException refused) {
    if (refused instanceof ReaderException) {
      return unprintable();
    }
    if (refused instanceof YamlVersionException) {
      return syntax(
          around.lineText(0),
          "expected YAML 1.2, found a directive for another version",
          "remove the line");
    }
    if (!(refused instanceof MarkedYamlEngineException marked) || marked.getProblem() == null) {
      int end = last == null ? 0 : last.span().end();
      return syntax(
          around.point(end),
          "expected YAML, found what cannot be read after this place",
          "check the indentation and the quotes around here");
    }
    int at = marked.getProblemMark().map(Mark::getIndex).orElse(0);
    int context = marked.getContextMark().map(Mark::getIndex).orElse(at);
    String reason = marked.getContext() == null ? "" : marked.getContext();
    return diagnose(marked.getProblem(), reason, at, context);
  }

  /** About the first escape of eight digits, from a place on, that stands for no character. */
  Diagnostic ofEscape(int from) {
    int at = from;
    while (at < file.length() && !isPastUnicode(at)) {
      at++;
    }
    return syntax(
        new Span(at, at + 10),
        "expected an escape for a character of Unicode, found `"
            + file.text(new Span(at, at + 10))
            + "`",
        "the last character is `\\U0010FFFF`");
  }

  private boolean isPastUnicode(int at) {
    return file.codePoint(at) == '\\'
        && file.codePoint(at + 1) == 'U'
        && Character.digit(file.codePoint(at + 2), 16) >= 8;
  }

  private Diagnostic diagnose(String problem, String reason, int at, int context) {
    int c = file.codePoint(at);
    if (problem.contains("cannot start any token")) {
      return c == '\t' ? tab(at) : leading(at);
    }
    if (problem.contains("mapping values are not allowed")) {
      return colon(at);
    }
    if (problem.contains("could not find expected ':'")) {
      return keyWithoutColon(context);
    }
    if (reason.contains("quoted scalar") && problem.contains("unexpected")) {
      return unclosedQuote(
          context,
          problem.contains("end of stream") ? "the end of the file" : "the end of the document");
    }
    if (problem.contains("escape")) {
      return badEscape(at);
    }
    if (problem.contains("expected <block end>")) {
      return notTheEnd(problem, at);
    }
    if (problem.startsWith("expected ','")) {
      return notInBrackets(at, context);
    }
    if (reason.contains("scanning a block scalar") && problem.contains("spaces")) {
      return syntax(
          around.lineText(at),
          "expected the first line of the text to be indented at least as far as the blank lines"
              + " before it, found less",
          "remove the spaces from the blank lines before it");
    }
    if (reason.contains("a tag")
        || reason.contains("parsing a node")
        || reason.contains("an alias")
        || reason.contains("an anchor")
        || reason.contains("block scalar")) {
      return leading(context);
    }
    if (problem.contains("sequence entries are not allowed")
        || problem.contains("expected the node content")) {
      return leading(at);
    }
    if (reason.contains("directive")) {
      return syntax(
          around.lineText(context),
          "expected a document, found a directive",
          "remove the line; a runbook needs no directive");
    }
    if (problem.contains("document start")) {
      return syntax(
          around.lineText(at),
          "expected the end of the document, found " + around.found(at),
          "check the indentation and the brackets before it");
    }
    return syntax(
        around.point(at),
        "expected YAML, found " + around.found(at),
        "check the indentation and the quotes around here");
  }

  private Diagnostic unprintable() {
    for (int i = 0; i < file.length(); i++) {
      int c = file.codePoint(i);
      if (!StreamReader.isPrintable(c)) {
        return syntax(
                new Span(i, i + 1),
                "expected printable text, found the control character "
                    + String.format("U+%04X", c),
                "remove it, or write it as an escape in double quotes")
            .withFix(new Fix("remove the control character", new Span(i, i + 1), "", false));
      }
    }
    return syntax(
        Span.START,
        "expected printable text, found a character that YAML does not allow",
        "save the file as UTF-8");
  }

  private Diagnostic tab(int at) {
    int end = at;
    while (file.codePoint(end) == '\t') {
      end++;
    }
    Span tabs = new Span(at, end);
    return syntax(
            tabs,
            "expected spaces, found a tab",
            "YAML is indented with spaces only; set the editor to insert them")
        .withFix(new Fix("replace the tab by two spaces", tabs, "  ".repeat(tabs.length()), false));
  }

  private Diagnostic colon(int at) {
    if (!(last instanceof YamlScalar text)) {
      return syntax(
          around.point(at), "expected the value to end, found `:`", "put the value in quotes");
    }
    int start = text.span().start();
    if (around.line(start) == around.line(at)) {
      Span whole = new Span(start, valueEnd(start));
      return quotable(
          new Span(at, at + 1),
          "expected a value without `: `, found one that makes `"
              + file.text(text.span())
              + "` a key",
          QUOTE,
          whole,
          true);
    }
    if (around.startsLine(start)) {
      return keyWithoutColon(start);
    }
    Span key = new Span(around.firstText(at), at);
    return syntax(
            key,
            "expected the text of line "
                + (around.line(start) + 1)
                + " to go on, found the key `"
                + file.text(key)
                + "`",
            "give `"
                + file.text(key)
                + "` the indentation of the key above, or leave that one without a value on its"
                + " line")
        .withRelated(
            new Related(
                file,
                around.lineText(start),
                "this value goes on below, since the next line is indented further"));
  }

  private Diagnostic keyWithoutColon(int start) {
    Span text = around.lineText(start);
    String written = file.text(text);
    if (NO_SPACE_AFTER_COLON.matcher(written).matches()) {
      int colon = text.start() + written.codePointCount(0, written.indexOf(':'));
      return syntax(
              new Span(colon, colon + 1),
              "expected a space after `"
                  + written.substring(0, written.indexOf(':') + 1)
                  + "`, found none",
              "write a space between the colon and the value")
          .withFix(new Fix("insert a space", around.point(colon + 1), " ", true));
    }
    return syntax(
        text,
        "expected `:` after a key, found the text `"
            + Surroundings.shortened(written)
            + "` alone on its line",
        "add the colon, or indent the line further if it belongs to the value above");
  }

  private Diagnostic unclosedQuote(int quote, String found) {
    String mark = quote(quote);
    return syntax(
        new Span(quote, quote + 1),
        "expected a closing " + mark + " for this one, found " + found,
        "close the quote on the same line; inside the text, write "
            + (mark.equals("`'`") ? "`''`" : "`\\\"`"));
  }

  private String quote(int at) {
    return "`" + file.text(new Span(at, at + 1)) + "`";
  }

  private Diagnostic badEscape(int at) {
    int backslash = at;
    while (backslash > 0 && file.codePoint(backslash) != '\\' && at - backslash < 3) {
      backslash--;
    }
    Span escape = new Span(backslash, Math.min(file.length(), backslash + 2));
    return syntax(
            escape,
            "expected one of YAML's escapes, found `" + file.text(escape) + "`",
            "double the backslash, or use single quotes, in which it stands for itself")
        .withFix(new Fix("double the backslash", around.point(backslash), "\\", true));
  }

  /**
   * Something follows where a block should have ended: on the same line a cut value, else wrong
   * indentation.
   */
  private Diagnostic notTheEnd(String problem, int at) {
    if (last != null
        && last.span().end() <= at
        && around.line(last.span().end()) == around.line(at)) {
      int start = last.span().start();
      boolean quoted = last instanceof YamlScalar text && text.style() != Style.PLAIN;
      if (quoted && around.line(start) != around.line(at)) {
        return unclosedQuote(start, "that it is closed on line " + (around.line(at) + 1) + " only");
      }
      if (quoted || isFlow(last)) {
        return leading(start);
      }
    }
    Span text = around.lineText(at);
    if (problem.endsWith("'?'")) {
      return syntax(
          text,
          "expected another list item `-`, found the key `"
              + Surroundings.shortened(file.text(text))
              + "`",
          "indent it less to end the list, or further to make it part of the item above");
    }
    if (problem.endsWith("'-'")) {
      return syntax(
          text,
          "expected a key, found the list item `" + Surroundings.shortened(file.text(text)) + "`",
          "a list stands below its own key, which has no value on its line");
    }
    return indentation(text);
  }

  private Diagnostic indentation(Span text) {
    int column = around.column(text.start());
    int inner = around.indentationAbove(around.line(text.start()), column + 1, Integer.MAX_VALUE);
    int outer = around.indentationAbove(around.line(text.start()), 0, column - 1);
    String hint =
        inner < 0 || outer < 0
            ? "indent it like one of the lines above"
            : "indent it by " + outer + " or by " + inner + " spaces";
    return syntax(
        text,
        "expected the indentation of a line above, found "
            + column
            + (column == 1 ? " space" : " spaces"),
        hint);
  }

  private Diagnostic notInBrackets(int at, int open) {
    boolean map = file.codePoint(open) == '{';
    String closer = map ? "}" : "]";
    String name = map ? "map" : "list";
    int c = file.codePoint(at);
    if (c == '{' && file.codePoint(at - 1) == '$' && last != null) {
      Span whole =
          new Span(last.span().start(), FlowText.end(file, last.span().start(), map ? '{' : '['));
      return quotable(
          new Span(at - 1, Math.max(at + 1, whole.end())),
          "expected a quoted value, found `${` unquoted inside `" + (map ? "{ }" : "[ ]") + "`",
          "put the value in quotes, or write the " + name + " on lines of its own",
          whole,
          true);
    }
    if (c == '}' || c == ']') {
      return syntax(
              around.point(at).to(new Span(at, at + 1)),
              "expected `" + closer + "` to close the " + name + ", found " + around.found(at),
              "close the brackets in the order in which they were opened")
          .withRelated(new Related(file, new Span(open, open + 1), "the " + name + " begins here"));
    }
    if (around.line(open) != around.line(at)) {
      return syntax(
          new Span(open, open + 1),
          "expected a closing `"
              + closer
              + "` for this "
              + name
              + ", found "
              + around.found(at)
              + (c == -1 ? "" : " on line " + (around.line(at) + 1)),
          "close it, or separate its entries by commas");
    }
    if (last instanceof YamlScalar text && around.line(text.span().start()) == around.line(at)) {
      Span whole =
          new Span(text.span().start(), FlowText.end(file, text.span().start(), map ? '{' : '['));
      return quotable(
          new Span(at, at + 1),
          "expected `,` or `"
              + closer
              + "` after `"
              + file.text(text.span())
              + "`, found "
              + around.found(at),
          "put the whole value in quotes, or write the " + name + " on lines of its own",
          whole,
          false);
    }
    return syntax(
        new Span(at, at + 1),
        "expected `,` or `" + closer + "`, found " + around.found(at),
        "separate the entries by commas");
  }

  /** A value begins with a character that means something else to YAML. */
  private Diagnostic leading(int at) {
    int c = file.codePoint(at);
    String meaning = Indicators.meaning(c);
    if (meaning == null) {
      return syntax(
          around.point(at),
          "expected a value, found " + around.found(at),
          "check the brackets and the quotes before it");
    }
    Span whole = within(new Span(at, Math.max(at + 1, valueEnd(at))));
    Diagnostic trap =
        Diagnostic.of(
            DiagnosticCode.YAML_TRAP,
            file,
            within(new Span(at, at + 1)),
            "expected a value, found a leading " + Indicators.name(c) + ", " + meaning,
            c == '!' ? "write `not`, or put the whole value in quotes" : QUOTE);
    Diagnostic negated =
        c == '!' ? trap.withFix(new Fix("write `not`", new Span(at, at + 1), "not ", false)) : trap;
    return negated.withFix(Quoting.fix(file, whole, false));
  }

  private Diagnostic quotable(Span span, String message, String hint, Span whole, boolean safe) {
    return Diagnostic.of(DiagnosticCode.YAML_TRAP, file, within(span), message, hint)
        .withFix(Quoting.fix(file, whole, safe));
  }

  private Diagnostic syntax(Span span, String message, String hint) {
    return Diagnostic.of(DiagnosticCode.YAML_SYNTAX, file, within(span), message, hint);
  }

  private Span within(Span span) {
    int end = Math.min(span.end(), file.length());
    return new Span(Math.min(span.start(), end), end);
  }

  private int valueEnd(int start) {
    return inside == ' ' ? FlowText.lineEnd(file, start) : FlowText.end(file, start, inside);
  }

  private static boolean isFlow(YamlNode node) {
    return node instanceof YamlNode.YamlSequence sequence && sequence.flow()
        || node instanceof YamlNode.YamlMapping mapping && mapping.flow();
  }
}
