package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.edit.Document;
import io.byteport.dsl.edit.Occurrence;
import io.byteport.dsl.edit.SymbolKind;
import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.format.Formatter;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.lsp.change.CodeActions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeAction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What actions make of the runbooks that come with the program. */
class ShippedActionsTest {
  /** As many places of each runbook as there is time for. */
  private static final int SOME = 3;

  private static final Path SHIPPED = Path.of("..", "runbooks-yaml");

  static Stream<Path> runbooks() {
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(
              file -> !file.toString().matches(".*(target|\\.test\\.|\\.library\\.|fixtures).*"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static View view(Path file) {
    return Sample.of(Map.of(file.getFileName().toString(), read(file))).view();
  }

  @ParameterizedTest
  @MethodSource("runbooks")
  void a_case_for_each_rule_joins_the_test_that_is_there_and_is_sound(Path file) {
    Path test = Path.of(file.toString().replaceFirst("\\.yaml$", ".test.yaml"));
    Map<String, String> files = new LinkedHashMap<>();
    files.put(file.getFileName().toString(), read(file));
    files.put(test.getFileName().toString(), read(test));
    View view = Sample.of(files).view();
    RunbookAnalysis analysis = view.analysis().orElseThrow();
    for (int i = 0; i < Math.min(2, analysis.runbook().classify().rules().size()); i++) {
      CodeActions.Test written = CodeActions.test(view, i, Acted.edits()).orElseThrow();
      SourceFile before = view.texts().file(written.file()).orElseThrow();
      assertSound(view, before, written, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("runbooks")
  void a_case_for_each_rule_makes_a_test_where_there_is_none(Path file) {
    View view = view(file);
    RunbookAnalysis analysis = view.analysis().orElseThrow();
    for (int i = 0; i < Math.min(2, analysis.runbook().classify().rules().size()); i++) {
      CodeActions.Test written = CodeActions.test(view, i, Acted.edits()).orElseThrow();
      assertThat(written.file().getFileName().toString()).endsWith(".test.yaml");
      assertSound(view, new SourceFile(written.file().toString(), ""), written, 0);
    }
  }

  private static void assertSound(
      View view, SourceFile before, CodeActions.Test written, int least) {
    String text = Acted.applied(before, written.edit());
    SourceFile after = new SourceFile(written.file().toString(), text);
    assertThat(Acted.isLaidOut(after)).as(text).isTrue();
    var runbook = view.texts().loader().load(view.text()).value().orElseThrow();
    List<Diagnostic> findings = RunbookTestLoader.load(after, runbook).diagnostics();
    assertThat(findings).as(text).noneMatch(Diagnostic::isError);
    assertThat(RunbookTestLoader.load(after, runbook).value().orElseThrow().cases())
        .hasSizeGreaterThan(least)
        .anyMatch(one -> one.name().equals(written.name()));
  }

  @ParameterizedTest
  @MethodSource("runbooks")
  void a_part_that_is_missing_is_added_so_that_its_finding_goes(Path file) {
    View whole = view(file);
    YamlMapping root = whole.analysis().orElseThrow().root();
    for (String section : List.of("guardrails", "verify", "escalate")) {
      root.entry(section).ifPresent(entry -> assertMended(without(whole, entry)));
    }
    root.get("remediate")
        .filter(YamlMapping.class::isInstance)
        .map(remediate -> ((YamlMapping) remediate).entries())
        .filter(entries -> entries.size() > 1)
        .ifPresent(entries -> assertMended(without(whole, entries.getFirst())));
  }

  private static View without(View view, Entry entry) {
    SourceFile text = view.text();
    int first = text.lineSpan(text.position(entry.key().span().start()).line()).start();
    int end = entry.value().span().end();
    while (Character.isWhitespace(text.codePoint(end - 1))) {
      end--;
    }
    int line = text.position(end).line() + 1;
    while (line < text.lineCount() && text.line(line).isBlank()) {
      line++;
    }
    int last = line < text.lineCount() ? text.lineSpan(line).start() : text.length();
    return view.of(
        new SourceFile(
            text.name(), text.text(new Span(0, first)) + text.text(new Span(last, text.length()))));
  }

  private static void assertMended(View broken) {
    List<DiagnosticCode> mendable =
        List.of(
            DiagnosticCode.FLOW_CLASS_WITHOUT_REMEDIATION,
            DiagnosticCode.FLOW_NO_ESCALATION,
            DiagnosticCode.FLOW_NO_VERIFICATION,
            DiagnosticCode.FLOW_UNCOUNTED_CHANGE,
            DiagnosticCode.SCHEMA_MISSING_FIELD);
    List<Diagnostic> findings = Acted.findings(broken);
    for (Diagnostic finding : findings) {
      boolean own = finding.file().name().equals(broken.text().name());
      if (!own || !mendable.contains(finding.code())) {
        continue;
      }
      Optional<CodeAction> action =
          Acted.at(broken, finding.span(), findings).stream()
              .filter(one -> one.getTitle().startsWith("add "))
              .findFirst();
      assertThat(action).as(finding.message()).isPresent();
      View after = Acted.after(broken, action.orElseThrow());
      assertThat(Acted.isLaidOut(after.text()) || !Acted.isLaidOut(broken.text()))
          .as(after.text().text())
          .isTrue();
      assertThat(alike(Acted.findings(after), finding))
          .as(action.orElseThrow().getTitle())
          .isLessThan(alike(findings, finding));
    }
  }

  private static long alike(List<Diagnostic> findings, Diagnostic finding) {
    return findings.stream()
        .filter(one -> one.code() == finding.code() && one.message().equals(finding.message()))
        .count();
  }

  @ParameterizedTest
  @MethodSource("runbooks")
  void a_part_of_a_rule_becomes_a_fact_and_a_fact_its_parts(Path file) {
    View view = view(file);
    List<String> before = messages(Acted.findings(view));
    List<Span> facts =
        Document.of(view.text()).symbols().occurrences().stream()
            .filter(name -> name.kind() == SymbolKind.FACT && name.declares())
            .map(Occurrence::span)
            .toList();
    Stream.concat(parts(view).stream().limit(SOME), facts.stream().limit(2L * SOME))
        .flatMap(place -> Acted.at(view, place, List.of()).stream())
        .filter(action -> action.getTitle().matches("extract the fact.*|inline this fact"))
        .forEach(action -> assertSame(view, action, before));
  }

  /** Nothing is wrong that was not before, and the text is still laid out. */
  private static void assertSame(View view, CodeAction action, List<String> before) {
    View after = Acted.after(view, action);
    assertThat(Formatter.format(after.text()))
        .as(action.getTitle())
        .isEqualTo(new Checked<>(after.text().text(), List.of()));
    assertThat(messages(Acted.findings(after))).as(action.getTitle()).isEqualTo(before);
  }

  private static List<String> messages(List<Diagnostic> findings) {
    return findings.stream().map(one -> one.code().id() + " " + one.message()).sorted().toList();
  }

  private static List<Span> parts(View view) {
    List<Span> parts = new ArrayList<>();
    view.analysis()
        .orElseThrow()
        .runbook()
        .classify()
        .rules()
        .forEach(rule -> collect(rule.when(), parts));
    return parts;
  }

  private static void collect(Expr expr, List<Span> parts) {
    parts.add(expr.span());
    if (expr instanceof Expr.Logical
        || expr instanceof Expr.Not
        || expr instanceof Expr.Comparison) {
      expr.children().forEach(child -> collect(child, parts));
    }
  }
}
