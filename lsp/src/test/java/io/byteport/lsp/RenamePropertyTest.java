package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.edit.Occurrence;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.navigate.Meaning;
import io.byteport.lsp.navigate.Renaming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.lsp4j.Range;
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

  /** Every name at once: each keeps its meaning whatever becomes of the others. */
  private Map<Path, SourceFile> all(
      Map<Path, SourceFile> start, Set<String> renamed, boolean back) {
    Texts texts = texts(start);
    Map<String, Map<Range, String>> edits = new TreeMap<>();
    for (SourceFile file : start.values()) {
      for (Occurrence one : texts.symbols(file).occurrences()) {
        Map<Range, String> known = edits.computeIfAbsent(Uris.of(file), any -> new HashMap<>());
        if (one.name().endsWith(MARK) != back
            || known.containsKey(Positions.range(file, one.span()))) {
          continue;
        }
        Renaming renaming = new Renaming(texts, Meaning.of(texts, file, one));
        if (renaming.refusal().isEmpty()) {
          String name =
              back
                  ? one.name().substring(0, one.name().length() - MARK.length())
                  : one.name() + MARK;
          assertThat(renaming.refusal(name)).as("%s in %s", one, file).isEmpty();
          renaming
              .edit(name)
              .getChanges()
              .forEach(
                  (uri, changes) ->
                      changes.forEach(
                          change ->
                              edits
                                  .computeIfAbsent(uri, any -> new HashMap<>())
                                  .put(change.getRange(), change.getNewText())));
          renamed.add(file + " " + one.kind() + " " + one.owner() + " " + one.name());
        }
      }
    }
    Map<Path, SourceFile> now = new TreeMap<>(start);
    edits.forEach(
        (uri, changes) ->
            now.computeIfPresent(Uris.path(uri), (path, text) -> applied(text, changes)));
    return now;
  }

  private Texts texts(Map<Path, SourceFile> files) {
    return new Texts(files, files, Sample.language().loader(), List::of, analyses);
  }

  private static SourceFile applied(SourceFile text, Map<Range, String> edits) {
    Map<Integer, Range> sorted = new TreeMap<>();
    edits.keySet().forEach(range -> sorted.put(Positions.offset(text, range.getStart()), range));
    StringBuilder result = new StringBuilder();
    int at = 0;
    for (Map.Entry<Integer, Range> edit : sorted.entrySet()) {
      result.append(text.text(new Span(at, edit.getKey()))).append(edits.get(edit.getValue()));
      at = Positions.offset(text, edit.getValue().getEnd());
    }
    result.append(text.text(new Span(at, text.length())));
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
        found.put(
            path, there.stream().map(one -> one.span().start() + " " + one.message()).toList());
      }
    }
    return found;
  }
}
