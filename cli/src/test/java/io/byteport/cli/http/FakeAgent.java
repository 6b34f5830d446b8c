package io.byteport.cli.http;

import io.byteport.cli.agent.AgentView;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.Autonomy;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.run.RunPlan;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Receiver;
import io.byteport.engine.source.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An agent with a store of its own, whose sources say what a test wants. */
final class FakeAgent implements AgentView, AutoCloseable {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Path GIVEN = Path.of("src/test/resources/screens/given/busy_worker.yaml");
  static final RunbookLoader LOADER =
      new RunbookLoader(
          ClasspathCatalogue.load(FakeAgent.class.getClassLoader()).value().orElseThrow(),
          Map.of());

  final SqlRunStore store;
  final List<String> heard = new CopyOnWriteArrayList<>();
  private final Set<RunListener> listeners = ConcurrentHashMap.newKeySet();
  private final List<DeadLetter> dead = new CopyOnWriteArrayList<>();
  private final List<EnabledRunbook> runbooks;
  volatile RunStore seen;
  volatile AgentConfiguration configuration = Configured.OPEN.all();
  volatile Instant now = NOON;
  volatile boolean ready = true;
  volatile List<String> findings = List.of();
  volatile Receiver receiver = delivered -> new Received.Accepted(List.of());

  FakeAgent(SqlRunStore store) {
    this.store = store;
    this.seen = store;
    try {
      String text = Files.readString(GIVEN);
      this.runbooks =
          List.of(
              new EnabledRunbook(
                  LOADER.load(new SourceFile("busy_worker.yaml", text)).value().orElseThrow(),
                  StructValue.EMPTY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    dead.add(
        new DeadLetter(
            "7", "ops_chat", new RunId("test-run"), "resolved", "It is well", 9, "410", NOON));
  }

  static FakeAgent inMemory() {
    return new FakeAgent(SqlRunStore.inMemory(Redactor.SHAPES_ONLY));
  }

  FakeAgent with(Configured configured) {
    configuration = configured.all();
    return this;
  }

  /** Opens a run that says nothing yet. */
  RunId open(String run) {
    Event.Opened opened =
        new Event.Opened(
            NOON,
            new RunId(run),
            "mend_box",
            "1.0.0",
            "text",
            Mode.LIVE,
            new Signal(
                "box_broken",
                "test",
                Signal.Severity.HIGH,
                Signal.Status.FIRING,
                Map.of(),
                NOON,
                null,
                "f",
                null),
            StructValue.EMPTY,
            StructValue.EMPTY,
            StructValue.EMPTY,
            "box/" + run,
            Policy.of(Autonomy.APPROVE));
    if (store.open(opened).isPresent()) {
      throw new IllegalStateException(run + " is open already");
    }
    return opened.run();
  }

  static RunPlan plan(String command) {
    return RunPlan.of(
        Autonomy.APPROVE,
        "broken",
        List.of(
            new RunPlan.Step(
                "mend",
                "lab.mend",
                StructValue.EMPTY.with("command", Value.of(command)),
                true,
                command)),
        "it is handed over",
        "text");
  }

  /** Has a run ask whether it may do what a plan says. */
  void ask(RunId run, RunPlan plan) {
    append(run, new Note.Asked(NOON, "asked", "Mend b1?", NOON.plusSeconds(1800), plan, List.of()));
  }

  /** Writes an entry, and tells who listens. */
  void append(RunId run, JournalEntry entry) {
    store.append(run, List.of(entry));
    listeners.forEach(listener -> listener.entry(run, entry));
  }

  int listeners() {
    return listeners.size();
  }

  @Override
  public AgentConfiguration configuration() {
    return configuration;
  }

  @Override
  public RunStore store() {
    return seen;
  }

  @Override
  public InstantSource clock() {
    return () -> now;
  }

  @Override
  public List<EnabledRunbook> runbooks() {
    return runbooks;
  }

  @Override
  public List<SourceStatus> sources() {
    List<SourceStatus> all = new ArrayList<>();
    configuration
        .sources()
        .forEach(
            (name, source) ->
                all.add(
                    new SourceStatus(
                        name, "webhook", source.webhook(), false, null, NOON, 1, heard.size(), 0)));
    all.add(new SourceStatus("quiet", "prometheus", null, true, "no answer", null, 0, 0, 0));
    return all;
  }

  @Override
  public List<ChannelStatus> channels() {
    return List.of(
        new ChannelStatus("ops_chat", "chat", "slack-webhook", "410 gone", NOON, 2, dead.size()));
  }

  @Override
  public Health health() {
    return new Health(ready, ready ? List.of() : List.of("the store does not answer"));
  }

  @Override
  public String metrics() {
    return "# TYPE heard counter\nheard_total " + heard.size() + "\n";
  }

  @Override
  public @Nullable Received receive(String path, Delivered delivered)
      throws SourceException, InterruptedException {
    heard.add(path);
    return receiver.receive(delivered);
  }

  @Override
  public boolean answer(
      RunId run,
      String guardrail,
      boolean approved,
      String by,
      String hash,
      @Nullable String comment) {
    for (Question question : store.questions()) {
      if (question.run().equals(run)
          && question.guardrail().equals(guardrail)
          && question.hash().equals(hash)) {
        append(run, new Event.Approved(NOON, guardrail, approved, by, hash, comment));
        return true;
      }
    }
    return false;
  }

  @Override
  public AutoCloseable listen(RunListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public List<DeadLetter> deadLetters(int limit) {
    return dead.stream().limit(limit).toList();
  }

  @Override
  public boolean retry(String deadLetter) {
    return dead.removeIf(letter -> letter.id().equals(deadLetter));
  }

  @Override
  public List<String> reload() {
    return findings;
  }

  @Override
  public void close() {
    store.close();
  }
}
