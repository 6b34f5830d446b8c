package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.engine.intake.Episode;
import io.byteport.engine.intake.Outcome;
import io.byteport.engine.intake.SourceState;
import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.outbox.ChannelLoad;
import io.byteport.engine.outbox.Sending;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.SourceException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent as those see it who speak to it over HTTP. */
final class AgentStatus implements AgentView {
  /** How far back is looked for what a source said. */
  private static final int MOST_EPISODES = 1_000;

  private final Agent agent;

  AgentStatus(Agent agent) {
    this.agent = agent;
  }

  @Override
  public AgentConfiguration configuration() {
    return agent.settings().configuration();
  }

  @Override
  public RunStore store() {
    return agent.store();
  }

  @Override
  public InstantSource clock() {
    return agent.clock();
  }

  @Override
  public List<EnabledRunbook> runbooks() {
    return agent.settings().runbooks().enabled();
  }

  @Override
  public List<LeftOut> leftOut() {
    return agent.settings().runbooks().leftOut();
  }

  @Override
  public List<SourceStatus> sources() {
    List<SourceStatus> all = new ArrayList<>();
    for (Map.Entry<String, Outside.OpenSource> one : agent.outside().sources().entrySet()) {
      SourceState state = agent.hearing().states().of(one.getKey());
      AgentConfiguration.Source configured = one.getValue().configured();
      all.add(
          new SourceStatus(
              one.getKey(),
              configured.entry().type(),
              configured.webhook(),
              one.getValue().source().poller().isPresent(),
              state.degraded(),
              state.heardAt(),
              state.firing(),
              state.heard(),
              state.refused()));
    }
    return all;
  }

  @Override
  public List<ChannelStatus> channels() {
    List<ChannelStatus> all = new ArrayList<>();
    for (Map.Entry<String, Outside.OpenChannel> one : agent.outside().channels().entrySet()) {
      ChannelLoad load = agent.store().outbox().load(one.getKey());
      AgentConfiguration.Channel configured = one.getValue().configured();
      all.add(
          new ChannelStatus(
              one.getKey(),
              configured.entry().kind(),
              configured.entry().type(),
              load.error(),
              load.sentAt(),
              load.waiting(),
              load.dead()));
    }
    return all;
  }

  @Override
  public List<Heard> heard(String source, int limit) {
    return agent.hearing().tables().alerts().latest(MOST_EPISODES).stream()
        .filter(episode -> episode.source().equals(source))
        .limit(limit)
        .map(AgentStatus::heard)
        .toList();
  }

  private static Heard heard(Episode episode) {
    Outcome outcome = episode.outcome();
    String became =
        outcome == null
            ? "nothing yet"
            : outcome.kind().word() + (outcome.reason() == null ? "" : ": " + outcome.reason());
    return new Heard(
        episode.heardAt(),
        episode.title(),
        episode.signal().severity(),
        episode.endedAt() == null
            ? io.byteport.engine.signal.Signal.Status.FIRING
            : io.byteport.engine.signal.Signal.Status.RESOLVED,
        episode.signal().type(),
        became,
        outcome == null ? null : outcome.run());
  }

  @Override
  public List<Told> told(RunId run) {
    return agent.store().outbox().of(run).stream().map(AgentStatus::told).toList();
  }

  private static Told told(Sending sending) {
    return new Told(
        Long.toString(sending.id()),
        sending.run(),
        sending.channel(),
        sending.event(),
        sending.title(),
        sending.putAt(),
        switch (sending.state()) {
          case WAITING -> Delivery.WAITING;
          case SENT -> Delivery.SENT;
          case DEAD -> Delivery.DEAD;
          case UNHEARD, REPEATED -> Delivery.WITHHELD;
        },
        sending.attempts(),
        sending.error(),
        sending.dueAt());
  }

  @Override
  public List<DeadLetter> deadLetters(int limit) {
    return agent.store().outbox().dead(limit).stream()
        .map(
            one ->
                new DeadLetter(
                    Long.toString(one.id()),
                    one.channel(),
                    one.run(),
                    one.event(),
                    one.title(),
                    one.attempts(),
                    one.error() == null ? "" : one.error(),
                    one.endedAt() == null ? one.putAt() : one.endedAt()))
        .toList();
  }

  @Override
  public boolean retry(String deadLetter) {
    try {
      return agent.store().outbox().retry(Long.parseLong(deadLetter), clock().instant());
    } catch (NumberFormatException noId) {
      return false;
    }
  }

  /** Only what keeps it from taking signals makes it not ready; the rest is told. */
  @Override
  public Health health() {
    List<String> reasons = new ArrayList<>();
    boolean ready = agent.isReady();
    if (agent.isDraining()) {
      reasons.add("it is about to stop");
    }
    try {
      agent.store().runs(1);
      for (SourceStatus source : sources()) {
        if (source.degraded() != null) {
          reasons.add("nothing is heard of `" + source.name() + "`: " + source.degraded());
        }
      }
      for (ChannelStatus channel : channels()) {
        if (channel.degraded() != null) {
          reasons.add("`" + channel.name() + "` takes no messages: " + channel.degraded());
        }
      }
    } catch (StoreException e) {
      ready = false;
      reasons.add("the store cannot be used: " + e.getMessage());
    }
    Map<String, List<String>> blind = new LinkedHashMap<>();
    agent
        .watching()
        .degraded()
        .forEach(
            (watch, reason) -> blind.computeIfAbsent(reason, any -> new ArrayList<>()).add(watch));
    blind.forEach(
        (reason, watches) ->
            reasons.add(
                String.join(", ", watches)
                    + (watches.size() == 1 ? " sees nothing: " : " see nothing: ")
                    + reason));
    agent
        .notTaken()
        .forEach(problem -> reasons.add("the configuration on disk is not taken: " + problem));
    return new Health(ready, reasons);
  }

  @Override
  public String metrics() {
    return agent.metrics().scrape();
  }

  @Override
  public @Nullable Received receive(String path, Delivered delivered)
      throws SourceException, InterruptedException {
    return agent.hearing().receive(path, delivered);
  }

  @Override
  public boolean answer(
      RunId run,
      String guardrail,
      boolean approved,
      String by,
      String hash,
      @Nullable String comment) {
    boolean asked =
        agent.store().questions().stream().anyMatch(one -> isAsked(one, run, guardrail, hash));
    return asked
        && agent
            .machine()
            .replica()
            .tell(
                run, new Event.Approved(clock().instant(), guardrail, approved, by, hash, comment));
  }

  private static boolean isAsked(Question question, RunId run, String guardrail, String hash) {
    return question.run().equals(run)
        && question.guardrail().equals(guardrail)
        && question.plan().hash().equals(hash);
  }

  @Override
  public AutoCloseable listen(RunListener listener) {
    agent.listeners().add(listener);
    return () -> agent.listeners().remove(listener);
  }

  @Override
  public List<String> reload() {
    return agent.reload();
  }
}
