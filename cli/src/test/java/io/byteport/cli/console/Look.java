package io.byteport.cli.console;

import io.byteport.cli.PlayedStories;
import io.byteport.cli.agent.AgentView.ChannelStatus;
import io.byteport.cli.agent.AgentView.DeadLetter;
import io.byteport.cli.agent.AgentView.Delivery;
import io.byteport.cli.agent.AgentView.Heard;
import io.byteport.cli.agent.AgentView.SourceStatus;
import io.byteport.cli.agent.AgentView.Told;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.signal.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Serves the console over played stories until the process ends, for somebody who wants to look:
 * {@code Look FOLDER PORT}.
 */
final class Look {
  static final String[] STORIES = {
    "oom", "missing-config", "liveness", "skip", "unschedulable", "node-hardware", "pull-refused"
  };

  private Look() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    if (!Files.exists(folder.resolve("played"))) {
      PlayedStories.into(folder, STORIES);
      Files.writeString(folder.resolve("played"), "");
    }
    try (RunStore store = SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY)) {
      TestAgent agent = agent(store);
      if (store.questions().isEmpty()) {
        List<JournalEntry> asked = recorded(store, Note.Asked.class);
        again(agent, asked, "20260105-120000-open1", asked(asked), "-a");
        again(
            agent, recorded(store, Event.ChangeIntended.class), "20260105-120000-open2", 40, "-b");
      }
      try (PagesServer server =
          new PagesServer(
              agent,
              new Console(agent, Look::cases),
              PagesServer.APPROVER,
              Integer.parseInt(args[1]))) {
        System.out.println(server.address("/"));
        Thread.currentThread().join();
      }
    }
  }

  static List<String> cases(CheckedRunbook runbook) {
    try {
      return PlayedStories.cases(runbook);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An agent with a bit of everything beside what was played. */
  static TestAgent agent(RunStore store) throws IOException {
    return furnished(
        new TestAgent(
            store,
            TestAgent.configuration(true, List.of("group:sre"), Map.of()),
            PlayedStories.runbooks()));
  }

  /** Gives an agent sources and channels, well and not well. */
  static TestAgent furnished(TestAgent agent) {
    Instant now = agent.now;
    RunId newest = agent.store().runs(1).getFirst().id();
    agent.sources =
        List.of(
            new SourceStatus(
                "alertmanager",
                "alertmanager",
                "/webhooks/alertmanager",
                true,
                null,
                now.minusSeconds(12),
                3,
                1204,
                2),
            new SourceStatus(
                "grafana",
                "grafana",
                "/webhooks/grafana",
                false,
                "401 from https://grafana.example.com/api: invalid API key",
                null,
                0,
                0,
                17));
    agent.channels =
        List.of(
            new ChannelStatus("oncall", "page", "pagerduty", null, now.minusSeconds(90), 0, 0),
            new ChannelStatus(
                "sre-chat",
                "chat",
                "slack",
                "503 from the other side, tried again in 30s",
                null,
                4,
                1));
    agent.heard =
        List.of(
            new Heard(
                now.minusSeconds(12),
                "KubePodCrashLooping in production",
                Signal.Severity.CRITICAL,
                Signal.Status.FIRING,
                "crashloopbackoff",
                "opened a run",
                newest),
            new Heard(
                now.minusSeconds(70),
                "Watchdog",
                Signal.Severity.INFO,
                Signal.Status.FIRING,
                null,
                "no runbook takes it",
                null));
    agent.told =
        List.of(
            new Told(
                "1",
                newest,
                "oncall",
                "escalated",
                "a title",
                now.minusSeconds(95),
                Delivery.SENT,
                1,
                null,
                null),
            new Told(
                "2",
                newest,
                "sre-chat",
                "escalated",
                "a title",
                now.minusSeconds(95),
                Delivery.WAITING,
                3,
                "503 from the other side",
                now.plusSeconds(30)));
    agent.dead =
        List.of(
            new DeadLetter(
                "7",
                "sre-chat",
                newest,
                "resolved",
                "crashloopbackoff_v2 resolved",
                12,
                "invalid_auth",
                now.minusSeconds(600)));
    return agent;
  }

  /**
   * Opens a run anew whose journal begins like one that was recorded.
   *
   * @param most entries that it begins with
   * @param about what follows the name of the target, which is another one
   */
  static RunId again(
      TestAgent agent, List<JournalEntry> journal, String id, int most, String about) {
    Event.Opened opened = (Event.Opened) journal.getFirst();
    RunId run = new RunId(id);
    Event.Opened fresh =
        new Event.Opened(
            opened.at(),
            run,
            opened.runbook(),
            opened.runbookVersion(),
            opened.runbookText(),
            opened.mode(),
            opened.signal(),
            opened.params(),
            opened.inputs(),
            opened.target(),
            opened.targetKey() + about,
            opened.policy());
    if (agent.store().open(fresh).isPresent() || !agent.store().claim(run)) {
      throw new IllegalStateException("the run is open already");
    }
    journal.subList(1, Math.min(journal.size(), most)).forEach(entry -> agent.write(run, entry));
    return run;
  }

  /** The newest run that was played to its end and whose journal holds such an entry. */
  static List<JournalEntry> recorded(RunStore store, Class<? extends JournalEntry> holds) {
    return store.runs(100).stream()
        .map(run -> store.entries(run.id()))
        .filter(journal -> journal.getLast() instanceof Note.Finished)
        .filter(journal -> journal.stream().anyMatch(holds::isInstance))
        .findFirst()
        .orElseThrow();
  }

  /** Where a journal first asks somebody, and one more. */
  static int asked(List<JournalEntry> journal) {
    for (int i = 0; i < journal.size(); i++) {
      if (journal.get(i) instanceof Note.Asked) {
        return i + 1;
      }
    }
    return journal.size();
  }
}
