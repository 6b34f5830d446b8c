package io.byteport.dsl.test;

import io.byteport.dsl.diagnostic.DiagnosticCode;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes one case for each row of its table ({@code each}). */
final class CaseTable {
  private static final String EACH = "each";

  private final TestFindings findings;

  CaseTable(TestFindings findings) {
    this.findings = findings;
  }

  /**
   * A case as it is played.
   *
   * @param row where its row stands; null for a case without a table
   */
  record Filled(YamlMapping node, @Nullable Span row) {}

  /** What becomes of a case: itself where it has no table, or one that is not well formed. */
  List<Filled> filled(YamlMapping one) {
    YamlNode each = one.get(EACH).orElse(null);
    if (each == null) {
      Placeholders.in(one).forEach(this::homeless);
      return List.of(new Filled(one, null));
    }
    List<YamlMapping> rows = new ArrayList<>();
    for (YamlNode row : each instanceof YamlSequence list ? list.items() : List.<YamlNode>of()) {
      if (row instanceof YamlMapping columns && !columns.entries().isEmpty()) {
        rows.add(columns);
      } else {
        return List.of(new Filled(one, null));
      }
    }
    return rows.isEmpty() ? List.of(new Filled(one, null)) : filled(one, rows);
  }

  /** A placeholder that no row can fill. */
  void homeless(Span span) {
    findings.add(
        DiagnosticCode.TEST_UNKNOWN_NAME,
        span,
        "expected a case with a table, found `" + findings.text(span).strip() + "` without one",
        "`row` stands for a row of the `each` of the same case");
  }

  private List<Filled> filled(YamlMapping one, List<YamlMapping> rows) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> row.entries().forEach(entry -> columns.add(entry.key().text())));
    YamlMapping template =
        new YamlMapping(
            one.entries().stream().filter(entry -> !isEach(entry)).toList(),
            one.flow(),
            one.span());
    List<Filled> cases = new ArrayList<>();
    Set<String> used = new LinkedHashSet<>();
    for (YamlMapping row : rows) {
      Placeholders placeholders = new Placeholders(findings, row, columns);
      YamlMapping filled = named(one, placeholders.filled(template), row);
      used.addAll(placeholders.used());
      cases.add(new Filled(cases.isEmpty() ? with(filled, one) : filled, row.span()));
    }
    for (YamlMapping row : rows) {
      for (Entry entry : row.entries()) {
        if (!used.contains(entry.key().text())) {
          unused(entry.key());
        }
      }
    }
    return cases;
  }

  private void unused(YamlScalar column) {
    findings.add(
        DiagnosticCode.TEST_UNUSED,
        column.span(),
        "expected a column that the case uses, found `" + column.text() + "`",
        "write `${row." + column.text() + "}` where its value belongs, or leave it out");
  }

  private static boolean isEach(Entry entry) {
    return entry.key().text().equals(EACH);
  }

  /** The table itself stays with its first case, where its shape is looked at. */
  private static YamlMapping with(YamlMapping filled, YamlMapping one) {
    List<Entry> entries = new ArrayList<>(filled.entries());
    one.entry(EACH).ifPresent(entries::add);
    return new YamlMapping(entries, filled.flow(), filled.span());
  }

  /** A name that says nothing of its row is told which it is. */
  private static YamlMapping named(YamlMapping one, YamlMapping filled, YamlMapping row) {
    boolean says = one.get("name").filter(name -> !Placeholders.in(name).isEmpty()).isPresent();
    String columns =
        row.entries().stream()
            .filter(entry -> entry.value() instanceof YamlScalar)
            .map(entry -> entry.key().text() + " " + ((YamlScalar) entry.value()).text())
            .collect(Collectors.joining(", "));
    return says
        ? filled
        : new YamlMapping(
            filled.entries().stream()
                .map(
                    entry ->
                        entry.key().text().equals("name")
                                && entry.value() instanceof YamlScalar name
                            ? new Entry(entry.key(), renamed(name, columns))
                            : entry)
                .toList(),
            filled.flow(),
            filled.span());
  }

  private static YamlScalar renamed(YamlScalar name, String columns) {
    String text = name.text() + " (" + columns + ")";
    return new YamlScalar(text, Value.of(text), Style.PLAIN, name.map(), name.span());
  }
}
