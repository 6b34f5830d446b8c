package io.byteport.lsp.change;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import io.byteport.lsp.Reported;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;

/**
 * Overrules a judgement with a comment above the entry that it is about. The reason is for the
 * person to give: until then the finding stays, with another that asks for the reason.
 */
final class Suppression {
  private static final String MARK = "# byteport-ignore: ";

  private Suppression() {}

  static List<CodeAction> of(Asked asked) {
    List<CodeAction> actions = new ArrayList<>();
    for (Diagnostic finding : asked.here()) {
      if (finding.code().ignorable()) {
        above(asked.text(), finding.span())
            .ifPresent(line -> actions.add(of(asked, finding, line)));
      }
    }
    return actions;
  }

  private static CodeAction of(Asked asked, Diagnostic finding, int line) {
    SourceFile text = asked.text();
    Span whole = text.lineSpan(line);
    int indent = indent(text, line);
    String begin = text.text(new Span(whole.start(), whole.start() + indent)) + MARK;
    String end = text.text().contains("\r\n") ? "\r\n" : "\n";
    String comment = begin + finding.code().id();
    CodeAction action = new CodeAction("ignore " + finding.code().id() + " here, with a reason");
    action.setKind(CodeActionKind.QuickFix);
    action.setDiagnostics(List.of(Reported.of(finding)));
    action.setEdit(
        asked
            .edits()
            .snippet(
                text,
                new Span(whole.start(), whole.start()),
                comment + " ${1:reason}" + end,
                comment + end));
    return action;
  }

  private static int indent(SourceFile text, int line) {
    Span whole = text.lineSpan(line);
    int at = whole.start();
    while (at < whole.end() && text.codePoint(at) == ' ') {
      at++;
    }
    return at - whole.start();
  }

  /** The line of the innermost entry or item that holds a place and begins its line. */
  private static Optional<Integer> above(SourceFile text, Span span) {
    YamlNode root = YamlReader.read(text).valueOrNull();
    if (root == null) {
      return Optional.empty();
    }
    List<Integer> starts = new ArrayList<>();
    collect(root, span, starts);
    Optional<Integer> found = Optional.empty();
    for (int start : starts) {
      int line = text.position(start).line();
      int begin = text.lineSpan(line).start() + indent(text, line);
      boolean dash = text.codePoint(begin) == '-' && text.codePoint(begin + 1) == ' ';
      int first = dash ? firstAfter(text, begin + 1) : begin;
      if (first == start) {
        found = Optional.of(line);
      }
    }
    return found;
  }

  private static int firstAfter(SourceFile text, int offset) {
    int at = offset;
    while (text.codePoint(at) == ' ') {
      at++;
    }
    return at;
  }

  private static void collect(YamlNode node, Span span, List<Integer> starts) {
    switch (node) {
      case YamlMapping mapping -> {
        for (Entry entry : mapping.entries()) {
          Span whole = entry.key().span().to(entry.value().span());
          if (whole.start() <= span.start() && span.start() <= whole.end()) {
            starts.add(entry.key().span().start());
            collect(entry.value(), span, starts);
          }
        }
      }
      case YamlSequence sequence -> {
        for (YamlNode item : sequence.items()) {
          if (item.span().start() <= span.start() && span.start() <= item.span().end()) {
            starts.add(item.span().start());
            collect(item, span, starts);
          }
        }
      }
      case YamlScalar scalar -> {
        return;
      }
    }
  }
}
