package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.SourceException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What those who speak to the agent over HTTP see of it and may ask of it. Safe for several
 * threads.
 */
public interface AgentView {

  /** As it holds now; another one after a reload. */
  AgentConfiguration configuration();

  /** The runs, the questions, the journal. */
  RunStore store();

  InstantSource clock();

  /** The runbooks that may be started now. */
  List<EnabledRunbook> runbooks();

  /** Each source that is configured, in order. */
  List<SourceStatus> sources();

  /** Each channel that is configured, in order. */
  List<ChannelStatus> channels();

  /** Runbooks that are there and are not started, ordered by id, each with the reason. */
  default List<LeftOut> leftOut() {
    return List.of();
  }

  /**
   * What a source said last, newest first.
   *
   * @param limit how many at most
   */
  default List<Heard> heard(String source, int limit) {
    return List.of();
  }

  /** What people were told about a run, and what is on its way to them, oldest first. */
  default List<Told> told(RunId run) {
    return List.of();
  }

  /** Whether it does what it is there for; the reasons where it does not. */
  Health health();

  /** What is counted, as Prometheus reads it. */
  String metrics();

  /**
   * Hands a request to the source that has this path; what it accepts is on disk when this returns.
   *
   * @param path such as {@code /webhooks/grafana}
   * @return null where no source has the path
   * @throws SourceException if it cannot be judged now
   */
  @Nullable Received receive(String path, Delivered delivered)
      throws SourceException, InterruptedException;

  /**
   * Answers a question of a run.
   *
   * @param hash of the plan that was seen
   * @return false where the run asks no such question, or another plan is asked about by now
   */
  boolean answer(
      RunId run,
      String guardrail,
      boolean approved,
      String by,
      String hash,
      @Nullable String comment);

  /** Hears what is written to the journal here, until it is closed. */
  AutoCloseable listen(RunListener listener);

  /** Messages that were given up and not sent again since, newest first, at most {@code limit}. */
  List<DeadLetter> deadLetters(int limit);

  /**
   * Sends a message that was given up once more, as soon as its channel can.
   *
   * @return false where there is none of this id, or it is on its way again already
   */
  boolean retry(String deadLetter);

  /** Reads configuration and runbooks again; what was wrong with them, empty where nothing was. */
  List<String> reload();

  /**
   * @param degraded why nothing is heard of it; null where all is well
   * @param heardAt when it last said something, or answered; null for never
   */
  record SourceStatus(
      String name,
      String type,
      @Nullable String webhook,
      boolean polled,
      @Nullable String degraded,
      @Nullable Instant heardAt,
      long firing,
      long heard,
      long refused) {}

  /**
   * @param waiting messages that were not sent yet
   * @param dead messages that were given up
   */
  record ChannelStatus(
      String name,
      String kind,
      String type,
      @Nullable String degraded,
      @Nullable Instant sentAt,
      long waiting,
      long dead) {}

  /**
   * A message that was given up.
   *
   * @param id of the message, in this store
   * @param run what it is about
   * @param event why it was to be said, such as {@code resolved}
   * @param title its first line, redacted
   * @param attempts how often it was tried
   * @param error the other side's own words, redacted
   */
  record DeadLetter(
      String id,
      String channel,
      RunId run,
      String event,
      String title,
      int attempts,
      String error,
      Instant givenUpAt) {}

  /**
   * @param ready whether signals are taken
   * @param reasons why it is not well; empty where it is
   */
  record Health(boolean ready, List<String> reasons) {
    public Health {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * @param why one sentence: superseded by another, not listed, not valid here
   */
  record LeftOut(CheckedRunbook runbook, String why) {}

  /**
   * An alert that a source delivered. All of it but the signal is untrusted text.
   *
   * @param signal which signal it is; null where nothing says
   * @param became what became of it, in a few words: a run was opened, it joined one, it was told
   *     before, no runbook takes it
   * @param run the run that hears of it; null for none
   */
  record Heard(
      Instant at,
      String title,
      Signal.Severity severity,
      Signal.Status status,
      @Nullable String signal,
      String became,
      @Nullable RunId run) {}

  /**
   * A message to one channel.
   *
   * @param at when it was written
   * @param attempts how often it was tried
   * @param problem what the other side said last; null where nothing was wrong
   * @param nextAt when it is tried next; null where it is not
   */
  record Told(
      String id,
      @Nullable RunId run,
      String channel,
      String event,
      String title,
      Instant at,
      Delivery delivery,
      int attempts,
      @Nullable String problem,
      @Nullable Instant nextAt) {}

  /** How far a message has come. */
  enum Delivery {
    WAITING,
    SENT,
    /** Given up after the last attempt. */
    DEAD,
    /** Not sent, since the same was said before, or it is not grave enough for the channel. */
    WITHHELD
  }
}
