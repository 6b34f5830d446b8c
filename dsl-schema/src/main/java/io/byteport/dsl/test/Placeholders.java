package io.byteport.dsl.test;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.SourceMap;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills <code>${row.COLUMN}</code> with what a row of a table says. A scalar that is nothing else
 * becomes the row's value as it stands there, place and type included; within text, and in a key,
 * the value is written as text.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{\\s*row\\.([A-Za-z][A-Za-z0-9_]*)\\s*}");

  private final TestFindings findings;
  private final YamlMapping row;
  private final Set<String> columns;
  private final Set<String> used = new LinkedHashSet<>();

  /**
   * @param columns of all rows together
   */
  Placeholders(TestFindings findings, YamlMapping row, Set<String> columns) {
    this.findings = findings;
    this.row = row;
    this.columns = columns;
  }

  /** The columns that were asked for so far. */
  Set<String> used() {
    return used;
  }

  /** The first placeholder of a tree, where there is no table to fill it. */
  static List<Span> in(YamlNode node) {
    List<Span> found = new ArrayList<>();
    switch (node) {
      case YamlScalar scalar -> {
        if (PLACEHOLDER.matcher(scalar.text()).find()) {
          found.add(scalar.span());
        }
      }
      case YamlSequence list -> list.items().forEach(item -> found.addAll(in(item)));
      case YamlMapping mapping ->
          mapping
              .entries()
              .forEach(
                  entry -> {
                    found.addAll(in(entry.key()));
                    found.addAll(in(entry.value()));
                  });
    }
    return found;
  }

  YamlNode filled(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar -> filled(scalar);
      case YamlSequence list ->
          new YamlSequence(
              list.items().stream().map(this::filled).toList(), list.flow(), list.span());
      case YamlMapping mapping -> filled(mapping);
    };
  }

  YamlMapping filled(YamlMapping mapping) {
    return new YamlMapping(
        mapping.entries().stream()
            .map(entry -> new Entry(key(entry.key()), filled(entry.value())))
            .toList(),
        mapping.flow(),
        mapping.span());
  }

  private YamlNode filled(YamlScalar scalar) {
    Matcher whole = PLACEHOLDER.matcher(scalar.text());
    return whole.matches() ? cell(scalar, whole) : text(scalar);
  }

  /** A key that is a column alone stands where the row says it. */
  private YamlScalar key(YamlScalar scalar) {
    return filled(scalar) instanceof YamlScalar cell
        ? new YamlScalar(cell.text(), Value.of(cell.text()), cell.style(), cell.map(), cell.span())
        : text(scalar);
  }

  private YamlNode cell(YamlScalar scalar, Matcher found) {
    String column = found.group(1);
    used.add(column);
    YamlNode value = row.get(column).orElse(null);
    if (value != null) {
      return value;
    }
    Span span = span(scalar, found);
    if (findings.isKnown(
        DiagnosticCode.TEST_UNKNOWN_NAME, span, column, "a column of the table", columns)) {
      findings.add(
          DiagnosticCode.SCHEMA_MISSING_FIELD,
          row.span(),
          "expected a value for `" + column + "` in every row, found none in this one",
          "give it; `null` is a value too");
    }
    return new YamlScalar("", Value.NULL, Style.PLAIN, SourceMap.straight(span.start(), 0), span);
  }

  /** Code points, as places count, not characters. */
  private static Span span(YamlScalar scalar, Matcher found) {
    String text = scalar.text();
    int start = text.codePointCount(0, found.start());
    return scalar.map().span(start, start + found.group().length());
  }

  private YamlScalar text(YamlScalar scalar) {
    Matcher found = PLACEHOLDER.matcher(scalar.text());
    if (!found.find()) {
      return scalar;
    }
    MappedWords out = new MappedWords();
    int from = 0;
    do {
      out.add(scalar, from, found.start());
      YamlNode cell = cell(scalar, found);
      if (cell instanceof YamlScalar value) {
        out.add(value, 0, value.text().length());
      } else {
        findings.add(
            DiagnosticCode.EXPR_TYPE,
            cell.span(),
            "expected a text, a number or a boolean, found "
                + (cell instanceof YamlSequence ? "a list" : "a map"),
            "within text and in a key only these can stand");
      }
      from = found.end();
    } while (found.find());
    out.add(scalar, from, scalar.text().length());
    String text = out.text.toString();
    return new YamlScalar(
        text,
        Value.of(text),
        scalar.style(),
        new SourceMap(
            out.starts.stream().mapToInt(Integer::intValue).toArray(),
            out.ends.stream().mapToInt(Integer::intValue).toArray(),
            scalar.map().span(scalar.map().length(), scalar.map().length()).start()),
        scalar.span());
  }

  /** Text of several places, with the place of each code point. */
  private static final class MappedWords {
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();

    private void add(YamlScalar scalar, int from, int to) {
      text.append(scalar.text(), from, to);
      int first = scalar.text().codePointCount(0, from);
      int count = scalar.text().codePointCount(from, to);
      for (int i = first; i < first + count; i++) {
        Span span = scalar.map().span(i, i + 1);
        starts.add(span.start());
        ends.add(span.end());
      }
    }
  }
}
