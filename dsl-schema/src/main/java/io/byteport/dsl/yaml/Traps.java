package io.byteport.dsl.yaml;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;

/**
 * Finds what is good YAML and yet not what its author meant, and reads it as it was meant, so that
 * it is told only once.
 */
final class Traps {
  private final SourceFile file;
  private final Consumer<Diagnostic> report;
  private int joinedUntil;

  Traps(SourceFile file, Consumer<Diagnostic> report) {
    this.file = file;
    this.report = report;
  }

  /** The scalar, or what it was meant to be where {@code #} cut it off. */
  YamlScalar checked(YamlScalar scalar) {
    if (scalar.style() == Style.DOUBLE_QUOTED && hasHalfCharacter(scalar)) {
      return scalar;
    }
    int hash = Lines.skipBlanks(file, scalar.span().end());
    if (scalar.style() != Style.PLAIN
        || hash == scalar.span().end()
        || file.codePoint(hash) != '#') {
      return scalar;
    }
    int end = Lines.trimEnd(file, hash, Lines.end(file, hash));
    String comment = file.text(new Span(hash, end));
    boolean cut =
        comment.startsWith("#${")
            || (!Balance.isClosed(scalar.text())
                && Balance.isClosed(scalar.text() + " " + comment));
    if (!cut) {
      return scalar;
    }
    Span whole = new Span(scalar.span().start(), end);
    report.accept(
        trap(
                new Span(hash, end),
                "expected the value to go on, found ` #`, which starts a comment in YAML",
                "put the whole value in quotes")
            .withFix(Quoting.fix(file, whole, false)));
    return Scalars.plainText(file, whole.start(), end);
  }

  private boolean hasHalfCharacter(YamlScalar scalar) {
    int[] codePoints = scalar.text().codePoints().toArray();
    for (int i = 0; i < codePoints.length; i++) {
      if (codePoints[i] >= Character.MIN_SURROGATE && codePoints[i] <= Character.MAX_SURROGATE) {
        report.accept(
            Diagnostic.of(
                DiagnosticCode.YAML_SYNTAX,
                file,
                scalar.map().span(i, i + 1),
                "expected an escape for a whole character, found one half of a surrogate pair",
                "write both halves, or the character itself"));
        return true;
      }
    }
    return false;
  }

  /** A scalar with a tag: most likely an expression that begins with {@code !}. */
  YamlScalar taggedScalar(int start, YamlScalar scalar) {
    Span tag = tag(start);
    if (file.text(tag).startsWith("!!") || file.text(tag).startsWith("!<")) {
      reportTag(tag);
      return new YamlScalar(
          scalar.text(), Value.of(scalar.text()), scalar.style(), scalar.map(), scalar.span());
    }
    report.accept(leadingBang(tag));
    return Scalars.plainText(file, tag.start(), Math.max(tag.end(), scalar.span().end()));
  }

  /** Reports a tag before a map or a list. */
  void taggedCollection(CollectionStartEvent event, int start) {
    if (event.getTag().isPresent()) {
      Span tag = tag(start);
      if (file.text(tag).startsWith("!!") || file.text(tag).startsWith("!<")) {
        reportTag(tag);
      } else {
        report.accept(leadingBang(tag));
      }
    }
  }

  private Diagnostic leadingBang(Span tag) {
    return trap(
            tag,
            "expected a value, found a leading `!`, which makes `"
                + file.text(tag)
                + "` a tag in YAML",
            "write `not`, or put the value in quotes")
        .withFix(new Fix("write `not`", new Span(tag.start(), tag.start() + 1), "not ", false));
  }

  private void reportTag(Span tag) {
    report.accept(
        trap(
            tag,
            "expected a value without a tag, found `" + file.text(tag) + "`",
            "leave the tag out; quotes make a value text"));
  }

  private Span tag(int start) {
    int at = start;
    while (file.codePoint(at) != '!' && file.codePoint(at) != -1) {
      at++;
    }
    int end = at;
    while (file.codePoint(end) != -1 && !Character.isWhitespace(file.codePoint(end))) {
      end++;
    }
    return new Span(at, end);
  }

  /** An alias without an anchor: most likely text. */
  YamlScalar unknownAlias(Span span) {
    report.accept(
        trap(
                span,
                "expected an anchor `&"
                    + file.text(span).substring(1)
                    + "` before this, found none for the alias",
                "put the value in quotes if it is not meant as an alias")
            .withFix(Quoting.fix(file, span, false)));
    return Scalars.plainText(file, span.start(), span.end());
  }

  /** The key as text, or null where it is none, which is then told. */
  @Nullable YamlScalar key(YamlNode node) {
    if (node instanceof YamlScalar scalar
        && scalar.style() == Style.PLAIN
        && scalar.text().equals("<<")) {
      report.accept(
          trap(
              scalar.span(),
              "expected a field, found a merge key `<<`",
              "write the fields out; `defaults` and `blocks` keep runbooks free of repetition"));
      return null;
    }
    if (node instanceof YamlScalar scalar && !scalar.value().isNull()) {
      return scalar;
    }
    String found =
        switch (node) {
          case YamlScalar scalar -> "null";
          case YamlNode.YamlMapping mapping -> "a map";
          case YamlNode.YamlSequence sequence -> "a list";
        };
    String hint =
        node instanceof YamlScalar
            ? "write a name before the colon"
            : "put the whole value in quotes if the bracket belongs to its text";
    report.accept(
        Diagnostic.of(
            DiagnosticCode.YAML_KEY_NOT_TEXT,
            file,
            node.span(),
            "expected a key that is text, found " + found,
            hint));
    return null;
  }

  /**
   * Whether a key in {@code {}} without a value is in truth the rest of the text before it, cut off
   * by a comma; it is then told and joined.
   */
  boolean continues(Map<String, Entry> entries, YamlScalar key, YamlNode value) {
    if (entries.isEmpty() || !isEmpty(value) || hasColon(key, value)) {
      return false;
    }
    Entry before = List.copyOf(entries.values()).getLast();
    if (!(before.value() instanceof YamlScalar text)
        || text.style() != Style.PLAIN
        || isEmpty(text)) {
      return false;
    }
    if (key.span().end() <= joinedUntil) {
      return true;
    }
    Span whole =
        new Span(
            text.span().start(),
            Math.max(key.span().end(), FlowText.end(file, text.span().start(), '{')));
    entries.put(before.key().text(), new Entry(before.key(), joined(text, whole, "field", "{ }")));
    return true;
  }

  private boolean hasColon(YamlScalar key, YamlNode value) {
    int end = key.span().end();
    return value.span().start() < end || !file.text(new Span(end, value.span().start())).isBlank();
  }

  /** The items, those of them joined that a comma has split. */
  List<YamlNode> joined(List<YamlNode> items) {
    List<YamlNode> joined = new ArrayList<>();
    int until = -1;
    for (YamlNode item : items) {
      if (item.span().start() < until) {
        continue;
      }
      YamlNode kept = item;
      if (item instanceof YamlScalar text
          && text.style() == Style.PLAIN
          && !Balance.isClosed(text.text())) {
        Span whole = new Span(text.span().start(), FlowText.end(file, text.span().start(), '['));
        if (whole.end() > text.span().end() && Balance.isClosed(file.text(whole))) {
          kept = joined(text, whole, "list item", "[ ]");
          until = whole.end();
        }
      }
      joined.add(kept);
    }
    return joined;
  }

  private YamlScalar joined(YamlScalar text, Span whole, String expected, String brackets) {
    joinedUntil = whole.end();
    report.accept(
        trap(
                new Span(text.span().end(), whole.end()),
                "expected a "
                    + expected
                    + " after the comma, found the rest of the text `"
                    + file.text(whole)
                    + "`",
                "inside `"
                    + brackets
                    + "` a comma ends a value: put the value in quotes, or write it on a line of"
                    + " its own")
            .withFix(Quoting.fix(file, whole, true)));
    return Scalars.plainText(file, whole.start(), whole.end());
  }

  private static boolean isEmpty(YamlNode node) {
    return node instanceof YamlScalar scalar
        && scalar.style() == Style.PLAIN
        && scalar.text().isEmpty();
  }

  private Diagnostic trap(Span span, String message, String hint) {
    return Diagnostic.of(DiagnosticCode.YAML_TRAP, file, span, message, hint);
  }
}
