package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LibraryWordsTest {

  @Test
  void no_word_of_a_single_runbook_occurs_in_java() throws IOException {
    Pattern words = Pattern.compile("\\b(" + String.join("|", words()) + ")\\b");
    Pattern signals = Pattern.compile("\\b(" + String.join("|", signals()) + ")\\b");
    List<String> found = new ArrayList<>();
    try (Stream<Path> sources = Files.walk(Path.of(".."))) {
      for (Path source : sources.filter(LibraryWordsTest::isMainSource).toList()) {
        String text = Files.readString(source);
        Matcher matcher =
            words.matcher(isOfSources(source) ? signals.matcher(text).replaceAll("") : text);
        while (matcher.find()) {
          found.add(source + ": " + matcher.group());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static boolean isMainSource(Path path) {
    String text = path.toString().replace('\\', '/');
    return text.endsWith(".java") && text.contains("/src/main/");
  }

  /** What alert sources say is told in signals, of which some are called as a runbook is. */
  private static boolean isOfSources(Path path) {
    return path.toString().replace('\\', '/').contains("/adapters/alerts/");
  }

  /** The types of signals, the longest first. */
  private static List<String> signals() throws IOException {
    Set<String> signals = new LinkedHashSet<>();
    for (SourceFile file : Library.runbooks()) {
      Runbook runbook = Language.load().loader().load(file).value().orElseThrow().runbook();
      for (Runbook.Detector detector : runbook.detectors().values()) {
        signals.add(detector.id().name());
        detector.aliases().forEach(alias -> signals.add(alias.name()));
      }
    }
    return signals.stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .map(Pattern::quote)
        .toList();
  }

  /**
   * Ids of runbooks and classes; a word that is also plain English or Kubernetes' own, such as
   * unknown, does not count.
   */
  private static Set<String> words() throws IOException {
    Set<String> words = new LinkedHashSet<>();
    for (SourceFile file : Library.runbooks()) {
      CheckedRunbook checked = Language.load().loader().load(file).value().orElseThrow();
      Runbook runbook = checked.runbook();
      words.add(Pattern.quote(checked.id()));
      runbook.classify().rules().forEach(rule -> words.add(Pattern.quote(rule.classId().name())));
    }
    words.removeIf(word -> !word.contains("_") && !word.contains("-"));
    assertThat(words).isNotEmpty();
    return words;
  }
}
