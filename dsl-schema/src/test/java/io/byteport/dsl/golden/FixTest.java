package io.byteport.dsl.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.Models;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.SchemaValidator;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.test.TestedRunbook;
import io.byteport.dsl.yaml.SourceReader;
import io.byteport.dsl.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every fix that is offered for a golden text, applied. */
class FixTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final RunbookLoader LOADER = new RunbookLoader(Catalogues.TEST);
  private static final Map<String, Function<SourceFile, List<Diagnostic>>> FOLDERS =
      Map.of(
          "yaml",
          FixTest::front,
          "schema",
          FixTest::front,
          "check",
          file -> LOADER.load(file).diagnostics(),
          "test",
          file -> RunbookTestLoader.load(file, TestedRunbook.CRASH_LOOP).diagnostics());

  @TestFactory
  Stream<DynamicTest> a_fix_takes_its_finding_away_and_brings_no_error() {
    List<DynamicTest> tests = new ArrayList<>();
    FOLDERS.forEach(
        (folder, check) -> {
          for (SourceFile file : texts(GOLDEN.resolve(folder))) {
            for (Diagnostic finding : check.apply(file)) {
              for (Fix fix : finding.fixes()) {
                tests.add(
                    DynamicTest.dynamicTest(
                        folder + "/" + file.name() + " " + finding.code().id() + " " + fix.title(),
                        () -> holds(file, finding, fix, check)));
              }
            }
          }
        });
    assertThat(tests).hasSizeGreaterThan(50);
    return tests.stream();
  }

  @Test
  void what_is_plainly_meant_has_a_fix() {
    List<Diagnostic> findings = new ArrayList<>();
    for (String name : List.of("schema/mendable.yaml", "check/spelt-as-elsewhere.yaml")) {
      SourceReader.read(GOLDEN.resolve(name))
          .value()
          .ifPresent(file -> findings.addAll(LOADER.load(file).diagnostics()));
    }
    assertThat(findings)
        .filteredOn(Diagnostic::isError)
        .filteredOn(finding -> !finding.code().id().startsWith("BP-NAME-"))
        .hasSizeGreaterThan(15)
        .allSatisfy(finding -> assertThat(finding.fixes()).as(finding.message()).isNotEmpty());
  }

  private static void holds(
      SourceFile file, Diagnostic finding, Fix fix, Function<SourceFile, List<Diagnostic>> check) {
    SourceFile fixed = applied(file, fix);
    List<Diagnostic> left = check.apply(fixed);
    String printed = new DiagnosticPrinter(false).print(left);
    assertThat(left)
        .as(printed)
        .noneMatch(
            other ->
                other.code() == finding.code()
                    && other.message().equals(finding.message())
                    && fixed.length() - other.span().end() == file.length() - finding.span().end());
    boolean wasReadable = YamlReader.read(file).value().isPresent();
    List<String> before = errors(check.apply(file));
    assertThat(errors(left))
        .filteredOn(error -> !before.contains(error))
        .filteredOn(error -> (fix.safe() && wasReadable) || error.startsWith("BP-YAML-"))
        .as("new errors")
        .isEmpty();
    boolean renames = finding.code() == DiagnosticCode.DEPRECATED;
    if (fix.safe() && !renames && LOADER.load(file).value().isPresent()) {
      assertThat(Models.of(fixed)).isEqualTo(Models.of(file));
    }
  }

  /** A guess may show what was hidden behind its finding; a safe fix has nothing to hide. */
  private static List<String> errors(List<Diagnostic> findings) {
    return findings.stream()
        .filter(Diagnostic::isError)
        .map(finding -> finding.code().id() + " " + finding.message())
        .toList();
  }

  private static List<Diagnostic> front(SourceFile file) {
    var yaml = YamlReader.read(file);
    List<Diagnostic> found = new ArrayList<>(yaml.diagnostics());
    yaml.value()
        .ifPresent(
            root ->
                found.addAll(
                    SchemaValidator.validate(
                        file, root, DocumentKind.of(root).orElse(DocumentKind.RUNBOOK))));
    return found;
  }

  private static SourceFile applied(SourceFile file, Fix fix) {
    Span span = fix.span();
    return new SourceFile(
        file.name(),
        file.text(new Span(0, span.start()))
            + fix.replacement()
            + file.text(new Span(span.end(), file.length())));
  }

  private static List<SourceFile> texts(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<SourceFile> texts = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        SourceReader.read(file.getFileName().toString(), Files.readAllBytes(file))
            .value()
            .ifPresent(texts::add);
      }
      return texts;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
