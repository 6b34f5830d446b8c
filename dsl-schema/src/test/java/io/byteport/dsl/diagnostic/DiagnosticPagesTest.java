package io.byteport.dsl.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogueLoader;
import io.byteport.dsl.agent.AgentLoader;
import io.byteport.dsl.agent.Watched;
import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.Overlaps;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.connection.ConnectionLoader;
import io.byteport.dsl.format.Formatter;
import io.byteport.dsl.settings.SettingsLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.RunbookTestLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every code has a page, and what the pages show is true. A block {@code yaml bad} or {@code yaml
 * good} holds sections that replace or join those of the runbook on the index page ({@code yaml
 * base}); {@code without NAME} leaves one out. On the page of a code about catalogues a block is a
 * whole catalogue, on those about settings, connections, agents and tests a whole file; those about
 * folders are compared with the runbook of the index page. Libraries follow a runbook in one text,
 * as in what is recorded of a run. Pages about files show commands, which SourceReaderTest stands
 * for.
 */
class DiagnosticPagesTest {
  private static final Path FOLDER = Path.of("..", "docs", "diagnostics");
  private static final String INDEX = "README.md";
  private static final List<String> SECTIONS =
      List.of("What it means", "Why it matters", "Bad", "Good", "How to fix it");
  private static final Pattern HEADING = Pattern.compile("^## (.+)$", Pattern.MULTILINE);
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "^```yaml (bad|good|base)(?: without (\\w+))?\\n(.*?)^```$",
          Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern LIBRARY = Pattern.compile("^(?=--- # library: )", Pattern.MULTILINE);
  private static final Pattern SECTION_START = Pattern.compile("^(?=\\w+:)", Pattern.MULTILINE);

  private final RunbookLoader loader =
      new RunbookLoader(Catalogues.TEST, Map.of("RESTART_LIMIT", "plenty"));

  @Test
  void every_code_has_a_page_and_every_page_a_code() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(Stream.of(INDEX), codes().map(code -> code.id() + ".md")).toList());
    }
  }

  @TestFactory
  Stream<DynamicTest> a_page_is_headed_by_its_code_and_has_all_sections_in_order() {
    return each(
        code -> {
          String page = page(code);
          assertThat(page).startsWith("# " + code.id() + ": " + code.title() + "\n");
          assertThat(HEADING.matcher(page).results().map(heading -> heading.group(1)))
              .containsExactlyElementsOf(SECTIONS);
          assertThat(HEADING.split(page)).allSatisfy(section -> assertThat(section).isNotBlank());
        });
  }

  @Test
  void the_index_lists_every_code_once_with_its_title() {
    assertThat(read(INDEX).lines().filter(line -> line.startsWith("| [")))
        .containsExactlyElementsOf(
            codes()
                .map(code -> "| [%1$s](%1$s.md) | %2$s |".formatted(code.id(), code.title()))
                .toList());
  }

  @Test
  void the_runbook_that_the_examples_change_is_sound() {
    assertThat(printed(loader.load(new SourceFile(INDEX, base())).diagnostics())).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> a_bad_example_has_the_fault_of_its_page_and_no_other() {
    return each(
        code ->
            assertThat(examples(code, "bad"))
                .extracting(text -> found(code, text))
                .allSatisfy(
                    found ->
                        assertThat(found.stream().map(Diagnostic::code).distinct())
                            .as("%s", printed(found))
                            .containsExactly(code)));
  }

  @TestFactory
  Stream<DynamicTest> a_good_example_has_no_fault() {
    return each(
        code ->
            assertThat(examples(code, "good"))
                .extracting(text -> printed(found(code, text)))
                .allSatisfy(printed -> assertThat(printed).isEmpty()));
  }

  @Test
  void every_page_but_those_about_files_has_examples_that_are_run() {
    assertThat(codes().filter(code -> !code.id().startsWith("BP-FILE-")))
        .allSatisfy(
            code -> {
              assertThat(examples(code, "bad")).as(code.id() + " bad").isNotEmpty();
              assertThat(examples(code, "good")).as(code.id() + " good").isNotEmpty();
            });
  }

  @TestFactory
  Stream<DynamicTest> no_yaml_on_a_page_is_left_unread() {
    return each(
        code ->
            assertThat(page(code).lines().filter(line -> line.startsWith("```yaml")))
                .hasSize(examples(code, "bad").size() + examples(code, "good").size()));
  }

  private static Stream<DynamicTest> each(Consumer<DiagnosticCode> promise) {
    return codes().map(code -> DynamicTest.dynamicTest(code.id(), () -> promise.accept(code)));
  }

  private static Stream<DiagnosticCode> codes() {
    return Arrays.stream(DiagnosticCode.values());
  }

  private List<Diagnostic> found(DiagnosticCode page, String text) {
    SourceFile file = new SourceFile("example.yaml", text);
    if (isAboutTests(page)) {
      return RunbookTestLoader.load(
              file, loader.load(new SourceFile(INDEX, base())).value().orElseThrow())
          .diagnostics();
    }
    if (isAboutSettings(page)) {
      return SettingsLoader.load(file).diagnostics();
    }
    if (isAboutConnections(page)) {
      return ConnectionLoader.load(file, Catalogues.TEST.connections()).diagnostics();
    }
    if (isAboutAgents(page)) {
      return AgentLoader.load(file, Catalogues.TEST, List.of(Watched.RUNBOOK)).diagnostics();
    }
    if (page.isAboutFolders()) {
      return Overlaps.find(
          Stream.of(new SourceFile(INDEX, base()), file)
              .map(one -> loader.load(one).value().orElseThrow())
              .toList());
    }
    if (page == DiagnosticCode.FORMAT_REFUSED) {
      return Formatter.format(file).diagnostics();
    }
    return page == DiagnosticCode.CATALOGUE_INVALID
        ? ActionCatalogueLoader.load(List.of(file)).diagnostics()
        : loader.load(file).diagnostics();
  }

  private static String printed(List<Diagnostic> found) {
    return new DiagnosticPrinter(false).print(found);
  }

  private static List<String> examples(DiagnosticCode code, String kind) {
    return EXAMPLE
        .matcher(page(code))
        .results()
        .filter(example -> example.group(1).equals(kind))
        .map(
            example ->
                code == DiagnosticCode.CATALOGUE_INVALID
                        || isAboutTests(code)
                        || isAboutSettings(code)
                        || isAboutConnections(code)
                        || isAboutAgents(code)
                    ? example.group(3)
                    : whole(example))
        .toList();
  }

  /** Whether the examples are tests of the runbook of the index page. */
  private static boolean isAboutTests(DiagnosticCode code) {
    return code.id().startsWith("BP-TEST-");
  }

  private static boolean isAboutSettings(DiagnosticCode code) {
    return code.id().startsWith("BP-SETTINGS-");
  }

  private static boolean isAboutConnections(DiagnosticCode code) {
    return code.id().startsWith("BP-CONNECTION-");
  }

  /** Whether the examples are configurations of an agent that has one runbook. */
  private static boolean isAboutAgents(DiagnosticCode code) {
    return code.id().startsWith("BP-AGENT-") || code == DiagnosticCode.PARAM_CONFIGURED;
  }

  /** The runbook of the index page with the sections of an example. */
  private static String whole(MatchResult example) {
    Map<String, String> sections = sections(base());
    String[] parts = LIBRARY.split(example.group(3), 2);
    sections.putAll(sections(parts[0]));
    sections.remove(example.group(2));
    return String.join("", sections.values()) + (parts.length == 1 ? "" : parts[1]);
  }

  /** Top-level sections by their key, in order, with all lines up to the next. */
  private static Map<String, String> sections(String text) {
    Map<String, String> sections = new LinkedHashMap<>();
    for (String section : SECTION_START.split(text)) {
      sections.put(section.substring(0, section.indexOf(':')), section);
    }
    return sections;
  }

  private static String base() {
    return EXAMPLE.matcher(read(INDEX)).results().findFirst().orElseThrow().group(3);
  }

  private static String page(DiagnosticCode code) {
    return read(code.id() + ".md");
  }

  private static String read(String name) {
    try {
      return Files.readString(FOLDER.resolve(name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
