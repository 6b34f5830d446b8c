package io.byteport.lsp.live;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.Positions;
import io.byteport.lsp.Texts;
import io.byteport.lsp.Uris;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import tools.jackson.databind.JsonNode;

/**
 * Plays tests and remembers what they reached of each runbook, until they are played again. Safe
 * for use by several threads.
 */
final class TestRuns {
  private final Asking asking;
  private final Map<Path, Map<String, Covered>> covered = new HashMap<>();

  /**
   * How often the cases of the last run had a rule come out each way.
   *
   * @param held how often it was true
   * @param failed how often it was false
   */
  record Covered(int held, int failed) {}

  TestRuns(Asking asking) {
    this.asking = asking;
  }

  /**
   * Plays tests.
   *
   * @param files of tests, at least one
   * @param name of the only case that is played; empty for all
   * @return what the protocol can carry: cases with verdicts, places and messages
   */
  CompletableFuture<Map<String, Object>> play(
      List<Path> files, Optional<String> name, Texts texts) {
    List<String> arguments = new ArrayList<>(List.of("test", "--coverage", "--output=json"));
    name.ifPresent(one -> arguments.add("--case=^" + quoted(one) + "$"));
    files.forEach(file -> arguments.add(file.toString()));
    Path folder = Incident.folderOf(files.getFirst());
    Question question = new Question(arguments, folder, texts);
    CompletableFuture<Answer> answer = asking.ask(question, Runnable::run);
    asking.tell(answer);
    return Chain.map(answer, found -> results(found, folder, texts, name.isEmpty()));
  }

  /** As it is, but that what stands for the rows of a table may be anything. */
  private static String quoted(String name) {
    StringBuilder pattern = new StringBuilder();
    int at = 0;
    for (int start = name.indexOf("${"); start >= 0; start = name.indexOf("${", at)) {
      int end = name.indexOf('}', start);
      if (end < 0) {
        break;
      }
      pattern.append(start > at ? Pattern.quote(name.substring(at, start)) : "").append(".*");
      at = end + 1;
    }
    return pattern.append(at < name.length() ? Pattern.quote(name.substring(at)) : "").toString();
  }

  private Map<String, Object> results(Answer answer, Path folder, Texts texts, boolean all) {
    Map<String, Object> results = new LinkedHashMap<>();
    JsonNode tree = answer.json().orElse(null);
    results.put("holds", tree != null && tree.path("holds").asBoolean(false));
    results.put("trouble", answer.trouble());
    List<Object> cases = new ArrayList<>();
    List<Object> findings = new ArrayList<>();
    if (tree != null) {
      for (JsonNode file : tree.path("files")) {
        Path path = path(folder, file.path("file").asString(""));
        file.path("cases").forEach(one -> cases.add(one(one, path, texts)));
        file.path("findings")
            .forEach(finding -> findings.add(finding.path("message").asString("")));
      }
      if (all) {
        remember(folder, tree.path("coverage"));
      }
    }
    results.put("cases", cases);
    results.put("findings", findings);
    return results;
  }

  /** The program shortens paths by the folder in which it is asked. */
  private static Path path(Path folder, String name) {
    return folder.resolve(name).toAbsolutePath().normalize();
  }

  private static Map<String, Object> one(JsonNode played, Path path, Texts texts) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("uri", Uris.of(path));
    one.put("name", played.path("name").asString(""));
    one.put("range", range(played.path("line").asInt(1), path, texts));
    String skipped = played.path("skipped").asString("");
    boolean holds = played.path("holds").asBoolean(false);
    one.put("verdict", skipped.isEmpty() ? holds ? "passed" : "failed" : "skipped");
    one.put("milliseconds", played.path("milliseconds").asLong(0));
    one.put("ending", played.path("ending").asString(""));
    List<Object> messages = new ArrayList<>();
    if (!skipped.isEmpty()) {
      messages.add(message(skipped, played.path("line").asInt(1), path, texts));
    }
    for (JsonNode mismatch : played.path("mismatches")) {
      String words =
          mismatch.path("what").asString("")
              + ": expected "
              + mismatch.path("expected").asString("")
              + ", found "
              + mismatch.path("found").asString("");
      messages.add(message(words, mismatch.path("line").asInt(1), path, texts));
    }
    one.put("messages", messages);
    return one;
  }

  private static Map<String, Object> message(String words, int line, Path path, Texts texts) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("message", words);
    message.put("range", range(line, path, texts));
    return message;
  }

  /** A whole line, which the program counts from 1. */
  private static Range range(int line, Path path, Texts texts) {
    int index = Math.max(0, line - 1);
    return texts
        .file(path)
        .filter(file -> index < file.lineCount())
        .map(file -> written(file, index))
        .orElseGet(() -> new Range(new Position(index, 0), new Position(index, 0)));
  }

  private static Range written(SourceFile file, int line) {
    Span span = file.lineSpan(line);
    int start = span.start();
    while (start < span.end() && file.codePoint(start) == ' ') {
      start++;
    }
    return Positions.range(file, new Span(start, span.end()));
  }

  private void remember(Path folder, JsonNode coverages) {
    for (JsonNode coverage : coverages) {
      Map<String, Covered> rules = new HashMap<>();
      for (JsonNode point : coverage.path("points")) {
        if (point.path("kind").asString("").equals("rules")) {
          int hits = point.path("hits").asInt(0);
          Covered one =
              switch (point.path("branch").asString("")) {
                case "true" -> new Covered(hits, 0);
                case "false" -> new Covered(0, hits);
                default -> new Covered(0, 0);
              };
          rules.merge(
              point.path("name").asString(""),
              one,
              (a, b) -> new Covered(a.held() + b.held(), a.failed() + b.failed()));
        }
      }
      synchronized (covered) {
        covered.put(path(folder, coverage.path("file").asString("")), rules);
      }
    }
  }

  /** What the last run of all tests reached of the rules of a runbook, by name. */
  Map<String, Covered> covered(Path runbook) {
    synchronized (covered) {
      return Map.copyOf(covered.getOrDefault(runbook, Map.of()));
    }
  }
}
