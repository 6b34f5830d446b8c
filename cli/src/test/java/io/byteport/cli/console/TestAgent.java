package io.byteport.cli.console;

import io.byteport.cli.agent.AgentView;
import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentConfiguration.Access;
import io.byteport.dsl.agent.AgentConfiguration.Approvals;
import io.byteport.dsl.agent.AgentConfiguration.Concurrency;
import io.byteport.dsl.agent.AgentConfiguration.Enable;
import io.byteport.dsl.agent.AgentConfiguration.Links;
import io.byteport.dsl.agent.AgentConfiguration.Listen;
import io.byteport.dsl.agent.AgentConfiguration.Person;
import io.byteport.dsl.agent.AgentConfiguration.Runbooks;
import io.byteport.dsl.agent.AgentConfiguration.Store;
import io.byteport.dsl.agent.HttpSettings;
import io.byteport.dsl.agent.StormSettings;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An agent over a store in which somebody else writes; answers are written by itself. */
final class TestAgent implements AgentView {
  private final RunStore store;
  private final AgentConfiguration configuration;
  private final List<CheckedRunbook> runbooks;
  private final List<RunListener> listeners = new CopyOnWriteArrayList<>();
  final List<String> retried = new CopyOnWriteArrayList<>();
  List<SourceStatus> sources = List.of();
  List<ChannelStatus> channels = List.of();
  List<Heard> heard = List.of();
  List<Told> told = List.of();
  List<DeadLetter> dead = List.of();
  Health health = new Health(true, List.of());
  Instant now;

  TestAgent(RunStore store, AgentConfiguration configuration, List<CheckedRunbook> runbooks) {
    this.store = store;
    this.configuration = configuration;
    this.runbooks = List.copyOf(runbooks);
    this.now =
        store.runs(1).stream()
            .map(run -> run.openedAt().plusSeconds(200))
            .findFirst()
            .orElse(Instant.parse("2026-01-05T10:00:00Z"));
  }

  static AgentConfiguration configuration(
      boolean live, List<String> approvers, Map<String, Person> people) {
    return new AgentConfiguration(
        "agent-1",
        live,
        new Listen("127.0.0.1", 0, null),
        HttpSettings.STANDARD,
        new Access(people),
        new Links(null, null),
        new Store("state", null, null, null, Duration.ZERO),
        Map.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        new Approvals("chat", Duration.ofMinutes(30), approvers),
        Map.of(),
        Map.of(),
        StormSettings.STANDARD,
        new Concurrency(8, 4),
        new Runbooks(List.of(), true, Enable.NEWEST, Map.of()));
  }

  /** Writes an entry as the process would that carries the run on. */
  void write(RunId run, JournalEntry entry) {
    store.append(run, List.of(entry));
    tell(run, entry);
  }

  void tell(RunId run, JournalEntry entry) {
    listeners.forEach(listener -> listener.entry(run, entry));
  }

  @Override
  public AgentConfiguration configuration() {
    return configuration;
  }

  @Override
  public RunStore store() {
    return store;
  }

  @Override
  public InstantSource clock() {
    return () -> now;
  }

  @Override
  public List<EnabledRunbook> runbooks() {
    return runbooks.stream()
        .skip(2)
        .map(runbook -> new EnabledRunbook(runbook, StructValue.EMPTY))
        .toList();
  }

  @Override
  public List<LeftOut> leftOut() {
    return runbooks.stream()
        .limit(2)
        .map(runbook -> new LeftOut(runbook, "another one supersedes it"))
        .toList();
  }

  @Override
  public List<SourceStatus> sources() {
    return sources;
  }

  @Override
  public List<ChannelStatus> channels() {
    return channels;
  }

  @Override
  public List<Heard> heard(String source, int limit) {
    return heard.stream().limit(limit).toList();
  }

  @Override
  public List<Told> told(RunId run) {
    return told.stream().filter(one -> run.equals(one.run())).toList();
  }

  @Override
  public Health health() {
    return health;
  }

  @Override
  public String metrics() {
    return "";
  }

  @Override
  public @Nullable Received receive(String path, Delivered delivered) {
    return null;
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
        write(run, new Event.Approved(now, guardrail, approved, by, hash, comment));
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
    boolean known = dead.stream().anyMatch(letter -> letter.id().equals(deadLetter));
    if (known) {
      retried.add(deadLetter);
      dead = new ArrayList<>(dead.stream().filter(one -> !one.id().equals(deadLetter)).toList());
    }
    return known;
  }

  @Override
  public List<String> reload() {
    return List.of();
  }
}
