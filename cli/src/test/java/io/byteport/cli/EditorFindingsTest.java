package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.Position;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor shows is what {@code byteport validate} says. */
class EditorFindingsTest {
  private static final Path FAULTY =
      Path.of("..", "dsl-schema", "src", "test", "resources", "golden");
  private static final Path SHIPPED = Path.of("..", "runbooks-yaml");

  @TempDir private Path folder;

  @BeforeEach
  void alone() throws IOException {
    folder = folder.toRealPath();
    Files.createDirectory(folder.resolve(".git")); // no settings of folders above hold here
  }

  private void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean built = from.relativize(file).startsWith("target");
        if (file.toString().endsWith(".yaml") && !built) {
          Path copy = to.resolve(from.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  /** Findings by file, as words that both sides can say. */
  private Map<String, List<String>> validated() {
    Program validated = Program.run("validate", "--output", "json", folder.toString());
    Map<String, List<String>> said = new TreeMap<>();
    for (JsonNode one : new JsonMapper().readTree(validated.out())) {
      Path file = Path.of(one.path("file").stringValue()).toAbsolutePath().normalize();
      said.computeIfAbsent(file.toString(), any -> new ArrayList<>())
          .add(
              one.path("line").intValue()
                  + ":"
                  + one.path("column").intValue()
                  + "-"
                  + one.path("endLine").intValue()
                  + ":"
                  + one.path("endColumn").intValue()
                  + " "
                  + one.path("severity").stringValue()
                  + " "
                  + one.path("code").stringValue()
                  + " "
                  + one.path("message").stringValue()
                  + (one.has("hint") ? "\n" + one.path("hint").stringValue() : ""));
    }
    return said;
  }

  private static Map<String, List<String>> said(Map<String, List<Diagnostic>> shown)
      throws IOException {
    Map<String, List<String>> said = new TreeMap<>();
    for (Map.Entry<String, List<Diagnostic>> one : shown.entrySet()) {
      if (!one.getValue().isEmpty()) {
        Path file = Path.of(java.net.URI.create(one.getKey()));
        SourceFile text =
            io.byteport.dsl.yaml.SourceReader.read(file)
                .value()
                .orElseGet(() -> new SourceFile(file.toString(), ""));
        said.put(
            file.toString(), one.getValue().stream().map(finding -> said(text, finding)).toList());
      }
    }
    return said;
  }

  private static String said(SourceFile text, Diagnostic finding) {
    return place(text, finding.getRange().getStart())
        + "-"
        + place(text, finding.getRange().getEnd())
        + " "
        + switch (finding.getSeverity()) {
          case Error -> "error";
          case Warning -> "warning";
          case Information, Hint -> "info";
        }
        + " "
        + finding.getCode().getLeft()
        + " "
        + finding.getMessage().getLeft();
  }

  private static String place(SourceFile text, Position position) {
    io.byteport.dsl.source.Position place =
        text.position(io.byteport.lsp.Positions.offset(text, position));
    return (place.line() + 1) + ":" + (place.column() + 1);
  }

  @Test
  void the_whole_library_and_every_known_fault_are_told_alike() throws IOException {
    copy(SHIPPED, folder.resolve("library"));
    copy(FAULTY, folder.resolve("faulty"));
    try (Editor editor = new Editor(folder)) {
      Map<String, List<String>> shown = said(editor.shown());
      assertThat(shown).hasSizeGreaterThan(100);
      assertThat(shown).isEqualTo(validated());
      assertThat(editor.complaints()).isEmpty();
    }
  }

  @Test
  void what_is_typed_counts_before_it_is_saved() throws IOException {
    copy(SHIPPED.resolve("kubernetes"), folder);
    Path file = folder.resolve("crash_loop_backoff.yaml");
    String text = Files.readString(file);
    try (Editor editor = new Editor(folder)) {
      editor.open(file, text);
      assertThat(editor.shown(file)).isEmpty();
      int at = text.codePointCount(0, text.indexOf("\nclassify:")) + 1;
      editor.edit(file, new Span(at, at), "clasify: {}\n");
      assertThat(editor.shown(file)).isNotEmpty();
      Files.writeString(file, editor.text(file).text());
      assertThat(said(editor.shown())).isEqualTo(validated());
      editor.edit(file, new Span(at, at + "clasify: {}\n".length()), "");
      assertThat(editor.text(file).text()).isEqualTo(text);
      assertThat(editor.shown(file)).isEmpty();
    }
  }

  @Test
  void a_runbook_that_changes_changes_what_is_said_of_its_test() throws IOException {
    copy(SHIPPED.resolve("kubernetes"), folder);
    Path file = folder.resolve("crash_loop_backoff.yaml");
    Path test = folder.resolve("crash_loop_backoff.test.yaml");
    String text = Files.readString(file).replace("id: crash_loop_backoff", "id: our_own");
    Files.writeString(file, text);
    Files.writeString(
        test, Files.readString(test).replace("runbook: crash_loop_backoff", "runbook: our_own"));
    try (Editor editor = new Editor(folder)) {
      editor.open(file, text);
      editor.open(test, Files.readString(test));
      assertThat(editor.shown(test)).isEmpty();
      editor.replace(file, text.replaceFirst("(?m)^  id: .*$", "  id: another"));
      assertThat(editor.shown(test)).isNotEmpty();
      editor.replace(file, text);
      assertThat(editor.shown(test)).isEmpty();
      editor.close(file);
      assertThat(editor.shown(test)).isEmpty();
    }
  }

  @Test
  void a_file_that_something_else_writes_is_read_again() throws IOException {
    copy(SHIPPED.resolve("kubernetes"), folder);
    Path file = folder.resolve("crash_loop_backoff.yaml");
    Path test = folder.resolve("crash_loop_backoff.test.yaml");
    String text = Files.readString(file);
    try (Editor editor = new Editor(folder)) {
      assertThat(editor.shown()).isEmpty();
      Files.delete(file);
      editor.changedOnDisk(file, FileChangeType.Deleted);
      Files.writeString(file, text.replaceFirst("(?m)^kind: .*$", "kind: Runbok"));
      editor.changedOnDisk(file, FileChangeType.Created);
      assertThat(said(editor.shown())).isEqualTo(validated()).isNotEmpty();
      Files.writeString(file, text);
      editor.changedOnDisk(file, FileChangeType.Changed);
      assertThat(said(editor.shown())).isEmpty();
      assertThat(editor.shown(test)).isEmpty();
    }
  }

  @Test
  void a_library_that_changes_changes_who_includes_it() throws IOException {
    copy(SHIPPED, folder);
    Path library;
    try (Stream<Path> files = Files.walk(folder)) {
      library =
          files.filter(one -> one.toString().endsWith(".library.yaml")).sorted().findFirst().get();
    }
    String text = Files.readString(library);
    try (Editor editor = new Editor(folder)) {
      editor.open(library, text);
      assertThat(said(editor.shown())).isEmpty();
      editor.replace(library, text.replaceFirst("(?m)^blocks:|^diagnose:|^defaults:", "blogs:"));
      Files.writeString(library, editor.text(library).text());
      assertThat(said(editor.shown())).isEqualTo(validated()).isNotEmpty();
      editor.replace(library, text);
      assertThat(said(editor.shown())).isEmpty();
    }
  }

  @Test
  void settings_of_a_folder_hold_once_they_are_saved() throws IOException {
    copy(SHIPPED.resolve("kubernetes"), folder);
    Path file = folder.resolve("crash_loop_backoff.yaml");
    Files.writeString(
        file, Files.readString(file).replaceFirst("(?m)^  title: .*$", "  title: 12"));
    try (Editor editor = new Editor(folder)) {
      assertThat(said(editor.shown())).isEqualTo(validated()).hasSize(1);
      Path settings = folder.resolve("byteport.yaml");
      Files.writeString(
          settings,
          "apiVersion: byteport.io/v1\nkind: Settings\nexclude: [crash_loop_backoff.yaml]\n");
      editor.changedOnDisk(settings, FileChangeType.Created);
      assertThat(said(editor.shown())).isEqualTo(validated());
    }
  }

  @Test
  void a_client_that_asks_is_not_told_besides() throws IOException {
    Path file = folder.resolve("a.yaml");
    String text = "apiVersion: byteport.io/v1\nkind: Runbook\n";
    try (Editor editor = new Editor(Editor.pulling(), folder)) {
      editor.open(file, text);
      assertThat(editor.findings(file)).isNotEmpty();
      assertThat(editor.shown(file)).isEmpty();
    }
  }

  @Test
  void a_client_that_asks_is_told_of_a_file_only_while_it_is_closed() throws IOException {
    Path file = folder.resolve("a.yaml");
    String text = "apiVersion: byteport.io/v1\nkind: Runbook\n";
    Files.writeString(file, text);
    try (Editor editor = new Editor(Editor.pulling(), folder)) {
      assertThat(editor.shown(file)).isNotEmpty();
      editor.open(file, text);
      assertThat(editor.findings(file)).isNotEmpty();
      assertThat(editor.shown(file)).isEmpty();
      editor.close(file);
      assertThat(editor.shown(file)).isNotEmpty();
    }
  }

  @Test
  void a_document_of_somebody_else_has_no_findings() {
    Path file = folder.resolve("compose.yaml");
    try (Editor editor = new Editor(folder)) {
      editor.open(file, "services:\n  web: [\n");
      assertThat(editor.shown(file)).isEmpty();
    }
  }

  @Test
  void a_document_of_somebody_else_is_not_laid_out() {
    Path file = folder.resolve("compose.yaml");
    try (Editor editor = new Editor(folder)) {
      editor.open(file, "services:   { web: {} }\n");
      assertThat(
              Editor.answer(
                  editor
                      .server()
                      .getTextDocumentService()
                      .formatting(
                          new DocumentFormattingParams(
                              editor.document(file), new FormattingOptions(2, true)))))
          .isEmpty();
    }
  }

  @Test
  void a_server_ends_as_the_protocol_says() {
    Editor orderly = new Editor(folder);
    assertThat(orderly.end()).isTrue();
  }

  @Test
  void several_folders_are_looked_at_together_and_one_may_go() throws IOException {
    Path first = Files.createDirectories(folder.resolve("first"));
    Path second = Files.createDirectories(folder.resolve("second"));
    String text = "apiVersion: byteport.io/v1\nkind: Runbook\n";
    Path one = Files.writeString(first.resolve("one.yaml"), text);
    Path other = Files.writeString(second.resolve("other.yaml"), text);
    try (Editor editor = new Editor(first, second)) {
      assertThat(said(editor.shown())).containsOnlyKeys(one.toString(), other.toString());
      editor.leave(second);
      assertThat(said(editor.shown())).containsOnlyKeys(one.toString());
    }
  }
}
