package io.byteport.lsp.live;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.lsp.Texts;
import io.byteport.lsp.View;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.services.LanguageClient;

/**
 * What an editor asks the program, which runs beside the server: tests, explanations, flows. Safe
 * for use by several threads; no answer fails.
 */
public final class Live {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** As many as people can choose among in a message. */
  private static final int MOST_CHOICES = 24;

  private static final Object OVERTAKEN =
      Map.of("explained", false, "decision", "", "trouble", "a text changed meanwhile");

  private final Asking asking;
  private final Supplier<Texts> texts;
  private final LiveExplain explain;
  private final TestRuns tests;
  private volatile Optional<LanguageClient> client = Optional.empty();
  private volatile boolean refreshesHints;
  private volatile boolean refreshesLenses;

  /**
   * @param texts as they are now
   */
  public Live(Program program, Supplier<Texts> texts) {
    this(program, texts, LIMIT);
  }

  Live(Program program, Supplier<Texts> texts, Duration limit) {
    this.asking = new Asking(program, limit);
    this.texts = texts;
    this.explain = new LiveExplain(asking, this::refreshHints);
    this.tests = new TestRuns(asking);
  }

  public void connect(LanguageClient other) {
    client = Optional.of(other);
    asking.connect(other);
  }

  /**
   * @param hints whether the client asks for inlay hints again when it is told to
   * @param lenses the same of code lenses
   */
  public void refreshes(boolean hints, boolean lenses) {
    refreshesHints = hints;
    refreshesLenses = lenses;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a client that refuses shows what it has
  private void refreshHints() {
    client.filter(there -> refreshesHints).ifPresent(LanguageClient::refreshInlayHints);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the same
  private void refreshLenses() {
    client.filter(there -> refreshesLenses).ifPresent(LanguageClient::refreshCodeLenses);
  }

  /** Some text is another now; told by the thread that hears of changes. */
  public void changed() {
    explain.changed(texts.get());
  }

  /** Ends what runs. */
  public void close() {
    explain.off();
  }

  /** What the incident that was chosen made of a part of a document; nothing where none was. */
  public List<InlayHint> hints(View view, Span span) {
    return explain.in(view, span);
  }

  /** What the last run of the tests reached of the rules of a runbook, in words, by class. */
  public Map<String, String> coverage(Path runbook) {
    Map<String, String> words = new LinkedHashMap<>();
    tests
        .covered(runbook)
        .forEach(
            (rule, reached) ->
                words.put(
                    rule,
                    reached.held() == 0 && reached.failed() == 0
                        ? "never reached"
                        : "true in " + reached.held() + ", false in " + reached.failed()));
    return words;
  }

  /**
   * Plays the tests of a runbook, a test, or where no address is given all tests of the project.
   *
   * @param ask {@code uri}, {@code case}
   */
  public CompletableFuture<Object> runTests(Ask ask) {
    Texts now = texts.get();
    List<Path> files =
        (ask.uri().isPresent()
                ? ask.path("uri").map(path -> testsOf(path, now)).orElse(List.of())
                : now.files().stream()
                    .filter(file -> FileKind.of(file) == FileKind.TEST)
                    .sorted(Comparator.comparing(SourceFile::name))
                    .toList())
            .stream().map(file -> Path.of(file.name())).toList();
    if (files.isEmpty()) {
      return said(trouble("there are no tests of this"));
    }
    return Chain.map(
        tests.play(files, ask.text("case"), now),
        results -> {
          refreshLenses();
          return results;
        });
  }

  private static List<SourceFile> testsOf(Path path, Texts now) {
    return now.file(path)
        .map(
            file ->
                FileKind.of(file) == FileKind.TEST
                    ? List.of(file)
                    : TestFiles.of(new View(file, now)))
        .orElse(List.of());
  }

  /**
   * Explains with one incident from now on, or with none.
   *
   * @param ask {@code uri} of a runbook or test, and {@code case} with {@code test}, {@code facts},
   *     {@code run} with {@code state}, or {@code none}; where nothing is chosen the person is
   *     asked
   */
  public CompletableFuture<Object> explainWith(Ask ask) {
    if (ask.is("none")) {
      explain.off();
      return said(Map.of("explained", false, "trouble", ""));
    }
    Texts now = texts.get();
    return Chain.then(
        incident(ask, now),
        Runnable::run,
        chosen -> {
          if (chosen.isEmpty()) {
            return said(trouble("no incident was chosen"));
          }
          CompletableFuture<Answer> answer = explain.with(chosen.get(), now);
          asking.tell(answer);
          return Chain.map(answer, this::decided, OVERTAKEN);
        });
  }

  private Object decided(Answer answer) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("explained", !answer.failed());
    words.put("decision", answer.failed() ? "" : explain.decision().orElse(""));
    words.put("trouble", answer.trouble());
    return words;
  }

  /** Says of one incident what is decided, why, and what would be done, as text. */
  public CompletableFuture<Object> explain(Ask ask) {
    Texts now = texts.get();
    return Chain.then(
        incident(ask, now),
        Runnable::run,
        chosen -> {
          if (chosen.isEmpty()) {
            return said(trouble("no incident was chosen"));
          }
          List<String> arguments = new ArrayList<>(List.of("explain"));
          arguments.addAll(chosen.get().arguments());
          arguments.add("--color=never");
          return printed(new Question(arguments, chosen.get().folder(), now), "text");
        });
  }

  /** The flow of a runbook as a Mermaid diagram. */
  public CompletableFuture<Object> flow(Ask ask) {
    Optional<Path> path = ask.path("uri");
    if (path.isEmpty()) {
      return said(trouble("expected the address of a runbook"));
    }
    List<String> arguments = List.of("show", path.get().toString(), "--flow");
    return printed(new Question(arguments, Incident.folderOf(path.get()), texts.get()), "mermaid");
  }

  private CompletableFuture<Object> printed(Question question, String name) {
    CompletableFuture<Answer> answer = asking.ask(question, Runnable::run);
    asking.tell(answer);
    return Chain.map(
        answer,
        found -> {
          Map<String, Object> said = new LinkedHashMap<>();
          said.put(name, found.out());
          said.put("trouble", found.trouble());
          return said;
        });
  }

  private CompletableFuture<Optional<Incident>> incident(Ask ask, Texts now) {
    Path path = ask.path("uri").orElse(null);
    if (path == null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Optional<String> run = ask.text("run");
    Optional<Path> facts = ask.path("facts");
    if (run.isPresent()) {
      return CompletableFuture.completedFuture(
          Optional.of(new Incident.Recorded(path, run.get(), ask.text("state").orElse(""))));
    }
    if (facts.isPresent()) {
      return CompletableFuture.completedFuture(Optional.of(new Incident.Facts(path, facts.get())));
    }
    Optional<String> name = ask.text("case");
    List<SourceFile> tests =
        ask.path("test").flatMap(now::file).map(List::of).orElseGet(() -> testsOf(path, now));
    if (name.isEmpty()) {
      return choose(tests);
    }
    return CompletableFuture.completedFuture(
        tests.stream()
            .filter(test -> name.get().matches("[0-9]+") || has(test, name.get()))
            .findFirst()
            .or(() -> tests.stream().findFirst())
            .map(test -> new Incident.Case(Path.of(test.name()), name.get())));
  }

  private static boolean has(SourceFile test, String name) {
    return TestFiles.cases(test).stream().anyMatch(one -> one.text().equals(name));
  }

  /** Lets the person choose; whoever closes the message has chosen nothing. */
  private CompletableFuture<Optional<Incident>> choose(List<SourceFile> tests) {
    Map<String, Incident> choices = new LinkedHashMap<>();
    for (SourceFile test : tests) {
      for (YamlScalar name : TestFiles.cases(test)) {
        if (choices.size() < MOST_CHOICES && !name.text().contains("${")) {
          choices.putIfAbsent(name.text(), new Incident.Case(Path.of(test.name()), name.text()));
        }
      }
    }
    LanguageClient there = client.orElse(null);
    if (choices.isEmpty() || there == null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    ShowMessageRequestParams asked =
        new ShowMessageRequestParams(
            choices.keySet().stream().map(MessageActionItem::new).toList());
    asked.setType(MessageType.Info);
    asked.setMessage("Which incident?");
    return there
        .showMessageRequest(asked)
        .thenApply(
            answer ->
                answer == null
                    ? Optional.<Incident>empty()
                    : Optional.ofNullable(choices.get(answer.getTitle())))
        .exceptionally(none -> Optional.empty());
  }

  private Map<String, Object> trouble(String words) {
    client.ifPresent(there -> there.showMessage(new MessageParams(MessageType.Info, words)));
    Map<String, Object> trouble = new LinkedHashMap<>();
    trouble.put("trouble", words);
    return trouble;
  }

  private static CompletableFuture<Object> said(Object words) {
    return CompletableFuture.completedFuture(words);
  }
}
