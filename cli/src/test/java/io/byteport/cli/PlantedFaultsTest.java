package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.cli.report.ReportFormat;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.source.Position;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A long runbook that is sound, and copies of it that are deliberately not. It includes nothing, so
 * that every kind of fault has its place in it.
 */
class PlantedFaultsTest {
  private static final Language LANGUAGE = Language.load();

  @TempDir private Path folder;

  /** A finding, as far as it is compared; lines and columns count from 1, the end is exclusive. */
  private record Found(String code, int line, int column, int endLine, int endColumn) {

    static Found of(Diagnostic finding) {
      SourceFile file = finding.file();
      return of(
          finding.code().id(),
          file.position(finding.span().start()),
          file.position(finding.span().end()));
    }

    static Found of(String code, Position start, Position end) {
      return new Found(
          code, start.line() + 1, start.column() + 1, end.line() + 1, end.column() + 1);
    }
  }

  static String original() throws IOException {
    try (InputStream in = PlantedFault.class.getResourceAsStream("planted-runbook.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static Stream<PlantedFault> each() {
    return PlantedFault.all().stream();
  }

  @Test
  void the_original_has_no_finding_at_all() throws IOException {
    assertThat(findings(original())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("each")
  void a_fault_alone_is_found_at_its_place_and_nothing_else_is(PlantedFault fault)
      throws IOException {
    PlantedFault.Copy copy = PlantedFault.plant(original(), List.of(fault));
    List<Diagnostic> findings = findings(copy.text());
    assertThat(findings.stream().map(Found::of))
        .as(Language.print(findings, false))
        .isNotEmpty()
        .containsExactlyElementsOf(expected(copy));
    String told = Language.print(findings, false);
    assertThat(fault.says()).allSatisfy(words -> assertThat(told).contains(words));
  }

  @Test
  void more_than_twenty_faults_at_once_are_all_found_each_at_its_place() throws IOException {
    PlantedFault.Copy copy = allAtOnce();
    List<Diagnostic> findings = findings(copy.text());
    assertThat(findings.stream().map(Found::of))
        .as(Language.print(findings, false))
        .hasSizeGreaterThan(20)
        .containsExactlyInAnyOrderElementsOf(expected(copy));
    assertThat(expected(copy).stream().map(Found::code).distinct())
        .as("kinds of faults")
        .hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          json       | "line" : (?<line>\\d+),\\s*"column" : (?<column>\\d+),[^{}]*?"code" : "(?<code>BP-[^"]+)"
          sarif      | "ruleId" : "(?<code>BP-[^"]+)"(?s:.*?)"startLine" : (?<line>\\d+),\\s*"startColumn" : (?<column>\\d+)
          github     | ::\\w+ file=[^,]+,line=(?<line>\\d+),endLine=\\d+,col=(?<column>\\d+),endColumn=\\d+,title=(?<code>BP-\\S+)
          gitlab     | "check_name" : "(?<code>BP-[^"]+)"(?s:.*?)"begin" : (?<line>\\d+)(?<column>)
          junit      | <testcase name="(?<code>BP-\\S+) at (?<line>\\d+):(?<column>\\d+):
          checkstyle | <error line="(?<line>\\d+)" column="(?<column>\\d+)" [^>]*source="(?<code>BP-[^"]+)"
          """)
  void every_report_holds_all_of_them_at_their_places(ReportFormat format, Pattern entry)
      throws IOException {
    PlantedFault.Copy copy = allAtOnce();
    Path file = Files.writeString(folder.resolve("planted.yaml"), copy.text());
    Program validate = Program.run("validate", "-o", format.name(), file.toString());
    assertThat(validate.status()).isEqualTo(ExitStatus.FINDINGS);
    List<String> reported = new ArrayList<>();
    Matcher entries = entry.matcher(validate.out());
    while (entries.find()) {
      reported.add(place(entries.group("code"), entries.group("line"), entries.group("column")));
    }
    boolean linesOnly = format == ReportFormat.gitlab;
    assertThat(reported)
        .as(validate.out())
        .containsExactlyInAnyOrderElementsOf(
            expected(copy).stream()
                .map(one -> place(one.code, "" + one.line, linesOnly ? "" : "" + one.column))
                .toList());
  }

  private static String place(String code, String line, String column) {
    return code + " at " + line + ":" + column;
  }

  private static PlantedFault.Copy allAtOnce() throws IOException {
    return PlantedFault.plant(original(), each().filter(PlantedFault::shared).toList());
  }

  private static List<Found> expected(PlantedFault.Copy copy) {
    SourceFile file = new SourceFile("planted.yaml", copy.text());
    return copy.marked().stream()
        .map(
            marked ->
                Found.of(
                    marked.fault().code(),
                    file.position(marked.span().start()),
                    file.position(marked.span().end())))
        .toList();
  }

  private static List<Diagnostic> findings(String text) {
    return LANGUAGE.loader().load(new SourceFile("planted.yaml", text)).diagnostics();
  }
}
