package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.edit.Occurrence;
import io.byteport.dsl.source.SourceFile;
import io.byteport.lsp.navigate.Meaning;
import io.byteport.lsp.navigate.Renaming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of a rename, over every name of the runbooks, libraries and tests that we ship. */
class RenamePropertyTest {
  private static final Path SHIPPED = Path.of("..", "runbooks-yaml");
  private static final String MARK = "_9z";

  @TempDir Path folder;

  private final Analyses analyses = new Analyses();

  @Test
  void every_name_gets_another_and_gets_its_own_back() throws IOException {
    Map<Path, SourceFile> before = corpus();
    assertThat(findings(before)).isEmpty();

    Set<String> renamed = new HashSet<>();
    Map<Path, SourceFile> after = all(before, renamed, false);
    assertThat(renamed).hasSizeGreaterThan(1000);
    assertThat(findings(after)).isEmpty();

    Map<Path, SourceFile> back = all(after, new HashSet<>(), true);
    before.forEach((path, text) -> assertThat(back.get(path).text()).isEqualTo(text.text()));
  }

  private Map<Path, SourceFile> all(
      Map<Path, SourceFile> start, Set<String> renamed, boolean back) {
    Map<Path, SourceFile> now = new TreeMap<>(start);
    for (Path path : start.keySet()) {
      int next = 0;
      while (true) {
        Texts texts = texts(now);
        SourceFile file = now.get(path);
        List<Occurrence> all = texts.symbols(file).occurrences();
        if (next >= all.size()) {
          break;
        }
        Occurrence one = all.get(next++);
        if (one.name().endsWith(MARK) != back) {
          continue;
        }
        Meaning meaning = Meaning.of(texts, file, one);
        Renaming renaming = new Renaming(texts, meaning);
        String name =
            back
                ? one.name().substring(0, one.name().length() - MARK.length())
                : one.name() + MARK;
        if (renaming.refusal().isEmpty()) {
          assertThat(renaming.refusal(name)).as("%s in %s", one, path).isEmpty();
          apply(renaming.edit(name), now);
          renamed.add(path + " " + one.kind() + " " + one.owner() + " " + one.name());
        }
      }
    }
    return now;
  }

  private Texts texts(Map<Path, SourceFile> files) {
    return new Texts(files, files, Sample.language().loader(), List::of, analyses);
  }

  private static void apply(WorkspaceEdit edit, Map<Path, SourceFile> files) {
    edit.getChanges()
        .forEach(
            (uri, edits) -> files.computeIfPresent(Uris.path(uri), (path, text) -> applied(text, edits)));
  }

  private static SourceFile applied(SourceFile text, List<TextEdit> edits) {
    List<TextEdit> sorted = new ArrayList<>(edits);
    sorted.sort(
        Comparator.comparingInt(
            (TextEdit edit) -> Positions.offset(text, edit.getRange().getStart())));
    StringBuilder result = new StringBuilder();
    int at = 0;
    for (TextEdit edit : sorted) {
      int start = Positions.offset(text, edit.getRange().getStart());
      result.append(text.text(new io.byteport.dsl.source.Span(at, start))).append(edit.getNewText());
      at = Positions.offset(text, edit.getRange().getEnd());
    }
    result.append(text.text(new io.byteport.dsl.source.Span(at, text.length())));
    return new SourceFile(text.name(), result.toString());
  }

  private Map<Path, SourceFile> corpus() throws IOException {
    Map<Path, SourceFile> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(SHIPPED)) {
      for (Path file : all.filter(RenamePropertyTest::isSource).toList()) {
        Path path = folder.resolve(file.getFileName()).toAbsolutePath().normalize();
        files.put(path, new SourceFile(path.toString(), Files.readString(file)));
      }
    }
    return files;
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".yaml") && !file.toString().contains("target");
  }

  /** As validate has them, errors and warnings. */
  private Map<Path, List<String>> findings(Map<Path, SourceFile> files) throws IOException {
    for (Map.Entry<Path, SourceFile> file : files.entrySet()) {
      Files.writeString(file.getKey(), file.getValue().text());
    }
    Inspection inspection =
        new Inspection(new Language(Sample.language().loader(), List::of, List::of));
    inspection.read(List.of(folder), List.of());
    inspection.look();
    Map<Path, List<String>> found = new HashMap<>();
    for (Path path : files.keySet()) {
      List<Diagnostic> there = inspection.findings(path);
      if (!there.isEmpty()) {
        found.put(path, there.stream().map(one -> one.file() + ":" + one.file().position(one.span().start()) + " " + one.message()).toList());
      }
    }
    return found;
  }
}
