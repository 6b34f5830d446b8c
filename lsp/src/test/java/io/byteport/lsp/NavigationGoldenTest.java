package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is answered about the name at each caret of a project: where it is declared, where it is
 * used, and which lines another spelling changes. A project is one file, {@code x.project}, in
 * which {@code === name} begins a document.
 */
class NavigationGoldenTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "navigate");

  static Stream<Path> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".project")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void what_a_name_means(Path fixture) throws IOException {
    String actual = answers(fixture);
    Path golden = Path.of(fixture.toString().replace(".project", ".answers"));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(golden));
  }

  private static Map<String, String> documents(Path fixture) throws IOException {
    Map<String, String> documents = new LinkedHashMap<>();
    String text = Files.readString(fixture);
    for (String part : text.split("(?m)^=== ", -1)) {
      int line = part.indexOf('\n');
      if (line > 0) {
        documents.put(part.substring(0, line), part.substring(line + 1));
      }
    }
    return documents;
  }

  private static String answers(Path fixture) throws IOException {
    Map<String, String> marked = documents(fixture);
    StringBuilder all = new StringBuilder();
    for (Map.Entry<String, String> document : marked.entrySet()) {
      String text = document.getValue();
      for (int at = text.indexOf(Sample.CARET); at >= 0; at = text.indexOf(Sample.CARET, at + 1)) {
        Map<String, String> one = new LinkedHashMap<>();
        marked.forEach((name, other) -> one.put(name, other.replace(Sample.CARET, "")));
        one.put(
            document.getKey(),
            text.substring(0, at).replace(Sample.CARET, "")
                + Sample.CARET
                + text.substring(at + 1).replace(Sample.CARET, ""));
        all.append(answer(document.getKey(), Sample.of(one))).append('\n');
      }
    }
    return all.toString();
  }

  private static String answer(String name, Sample sample) {
    View view = sample.view();
    SourceFile text = view.text();
    int offset = sample.offset();
    int line = text.position(offset).line();
    Span whole = text.lineSpan(line);
    StringBuilder all =
        new StringBuilder("## ")
            .append(name)
            .append(':')
            .append(line + 1)
            .append(' ')
            .append(
                (text.text(new Span(whole.start(), offset))
                        + Sample.CARET
                        + text.text(new Span(offset, whole.end())))
                    .strip())
            .append("\ndeclared: ")
            .append(places(DefinitionHandler.at(view, offset)))
            .append("\nused: ")
            .append(places(ReferencesHandler.at(view, offset, false)))
            .append("\nhere: ")
            .append(
                String.join(
                    ", ",
                    ReferencesHandler.highlights(view, offset).stream()
                        .map(one -> place(one.getRange()) + " " + one.getKind())
                        .toList()));
    try {
      all.append("\nrenamed: ")
          .append(
              RenameHandler.prepare(view, offset)
                  .map(range -> "`" + text.text(Positions.span(text, range)) + "`")
                  .orElse("nothing"))
          .append('\n');
      RenameHandler.rename(view, offset, "fresh9")
          .getChanges()
          .forEach((uri, edits) -> all.append(changed(view, uri, edits)));
    } catch (ResponseErrorException refused) {
      all.append(refused.getResponseError().getMessage()).append('\n');
    }
    return all.toString();
  }

  private static String places(List<Location> locations) {
    List<String> all = new ArrayList<>();
    for (Location one : locations) {
      all.add(one.getUri().replaceFirst(".*/", "") + ":" + place(one.getRange()));
    }
    return String.join(", ", all);
  }

  private static String place(Range range) {
    return (range.getStart().getLine() + 1)
        + ":"
        + (range.getStart().getCharacter() + 1)
        + "-"
        + (range.getEnd().getCharacter() + 1);
  }

  /** Every line that is another now. */
  private static String changed(View view, String uri, List<TextEdit> edits) {
    SourceFile text = view.texts().file(Uris.path(uri)).orElseThrow();
    Map<Integer, StringBuilder> lines = new TreeMap<>();
    for (TextEdit edit : edits.reversed()) {
      int line = edit.getRange().getStart().getLine();
      assertThat(edit.getRange().getEnd().getLine()).isEqualTo(line);
      StringBuilder changed =
          lines.computeIfAbsent(line, any -> new StringBuilder(text.line(line)));
      changed.replace(
          edit.getRange().getStart().getCharacter(),
          edit.getRange().getEnd().getCharacter(),
          edit.getNewText());
    }
    StringBuilder all = new StringBuilder();
    lines.forEach(
        (line, changed) ->
            all.append("  ")
                .append(uri.replaceFirst(".*/", ""))
                .append(':')
                .append(line + 1)
                .append("| ")
                .append(changed.toString().strip())
                .append('\n'));
    return all.toString();
  }
}
