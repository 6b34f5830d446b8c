package io.byteport.lsp.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.lsp.Texts;
import io.byteport.lsp.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AskingTest {
  private static final Path FILE = Path.of("a.yaml").toAbsolutePath();
  private static final RunbookLoader LOADER = new RunbookLoader(catalogue());

  private final Scripted program = new Scripted();
  private final SourceFile text = new SourceFile(FILE.toString(), "when: cpu > 3 # x\n");
  private final Texts texts = new Texts(Map.of(FILE, text), LOADER, List::of);
  private final Live live = new Live(program, () -> texts, Duration.ofSeconds(60));

  private static ActionCatalogue catalogue() {
    return ClasspathCatalogue.load(AskingTest.class.getClassLoader()).value().orElseThrow();
  }

  /** A program whose runs end when a test says so. */
  private static final class Scripted implements Program {
    private final List<CompletableFuture<Ended>> runs = new ArrayList<>();

    @Override
    public synchronized CompletableFuture<Ended> run(
        List<String> arguments, Path folder, String input, Duration limit) {
      CompletableFuture<Ended> run = new CompletableFuture<>();
      runs.add(run);
      notifyAll();
      return run;
    }

    synchronized CompletableFuture<Ended> run(int index) throws InterruptedException {
      while (runs.size() <= index) {
        wait(TimeUnit.SECONDS.toMillis(60));
      }
      return runs.get(index);
    }
  }

  private CompletableFuture<Object> explain() {
    return live.explainWith(
        Ask.of(Map.of("uri", FILE.toUri().toString(), "facts", FILE.toUri().toString())));
  }

  private static String account(String value) {
    return """
    {"facts": [], "rules": [{"class": "busy", "verdict": "yes", "inQuestion": true,
      "confidence": 0.9, "because": null, "place": {"file": "a.yaml", "start": 0, "end": 4},
      "term": {"kind": "value", "text": "cpu", "verdict": null, "value": "%s",
        "undecided": [], "operator": null, "parts": [],
        "places": [{"file": "a.yaml", "start": 6, "end": 9}]}}],
     "decision": {"class": "busy", "confidence": 0.9}}
    """
        .formatted(value);
  }

  private List<String> hints(SourceFile now) {
    return live.hints(new View(now, texts), new Span(0, now.length())).stream()
        .map(hint -> hint.getPosition().getCharacter() + hint.getLabel().getLeft())
        .toList();
  }

  @Test
  void an_account_stands_behind_what_it_is_about_and_moves_with_it() throws Exception {
    CompletableFuture<Object> answer = explain();
    program.run(0).complete(new Program.Ended(0, account("5"), ""));
    assertThat(answer.join().toString()).contains("decision=busy 0.90");
    assertThat(hints(text)).containsExactly("4 ✓ 0.90", "9 = 5");
    assertThat(hints(new SourceFile(FILE.toString(), "  " + text.text())))
        .containsExactly("6 ✓ 0.90", "11 = 5");
    assertThat(hints(new SourceFile(FILE.toString(), "when: mem > 3 # x\n")))
        .containsExactly("4 ✓ 0.90");
  }

  @Test
  void a_program_that_breaks_is_told_and_nothing_is_shown() throws Exception {
    CompletableFuture<Object> answer = explain();
    program.run(0).complete(new Program.Ended(134, "", "out of memory"));
    assertThat(answer.join().toString()).contains("status 134: out of memory");
    assertThat(hints(text)).isEmpty();
    CompletableFuture<Object> again = explain();
    program.run(1).complete(new Program.Ended(0, account("6"), ""));
    assertThat(again.join().toString()).contains("explained=true");
    assertThat(hints(text)).contains("9 = 6");
  }

  @Test
  void a_program_that_prints_half_an_answer_or_none_is_told() throws Exception {
    CompletableFuture<Object> half = explain();
    program.run(0).complete(new Program.Ended(0, "{\"facts\": [", ""));
    assertThat(half.join().toString()).contains("no sound JSON");
    CompletableFuture<Object> none = explain();
    program.run(1).complete(new Program.Ended(0, "", ""));
    assertThat(none.join().toString()).contains("printed nothing");
  }

  @Test
  void a_program_that_takes_too_long_or_cannot_be_started_is_told() throws Exception {
    CompletableFuture<Object> late = explain();
    program.run(0).completeExceptionally(new TimeoutException());
    assertThat(late.join().toString()).contains("longer than 60 s");
    CompletableFuture<Object> missing = explain();
    program.run(1).completeExceptionally(new IOException("no such file"));
    assertThat(missing.join().toString()).contains("cannot be started: no such file");
  }

  @Test
  @Timeout(60)
  void a_question_that_was_overtaken_is_given_up() throws Exception {
    CompletableFuture<Object> first = explain();
    CompletableFuture<Program.Ended> running = program.run(0);
    live.changed();
    assertThat(running).isCancelled();
    assertThat(first.join().toString()).contains("a text changed meanwhile");
    program.run(1).complete(new Program.Ended(0, account("7"), ""));
    while (hints(text).isEmpty()) {
      Thread.onSpinWait(); // what is asked later is answered by another thread
    }
    assertThat(hints(text)).contains("9 = 7");
  }

  @Test
  void who_waits_no_longer_ends_the_process() throws Exception {
    CompletableFuture<Object> answer = live.flow(Ask.of(Map.of("uri", FILE.toUri().toString())));
    CompletableFuture<Program.Ended> running = program.run(0);
    answer.cancel(true);
    assertThat(running).isCancelled();
  }

  @Test
  void nothing_is_shown_once_it_is_switched_off() throws Exception {
    CompletableFuture<Object> answer = explain();
    program.run(0).complete(new Program.Ended(0, account("5"), ""));
    answer.join();
    live.explainWith(Ask.of(Map.of("none", true))).join();
    assertThat(hints(text)).isEmpty();
    live.changed();
    assertThat(hints(text)).isEmpty();
  }
}
