package io.byteport.cli.agent;

import java.util.List;

/** What an agent counts and measures, by the names that Prometheus reads. */
enum Metric {
  SIGNALS_HEARD(
      Kind.COUNTER, "byteport_signals_heard", "Alerts that a source said, each time", "source"),
  SIGNALS_DUPLICATE(
      Kind.COUNTER,
      "byteport_signals_duplicate",
      "Alerts among them that were known already",
      "source"),
  DELIVERIES_REFUSED(
      Kind.COUNTER,
      "byteport_deliveries_refused",
      "Requests to a webhook of which nothing was taken",
      "source",
      "reason"),
  SOURCE_DEGRADED(
      Kind.GAUGE, "byteport_source_degraded", "1 while nothing can be heard of a source", "source"),
  WATCH_DEGRADED(
      Kind.GAUGE, "byteport_watches_degraded", "Watches of detectors that see nothing now"),
  RUNS_OPENED(Kind.COUNTER, "byteport_runs_opened", "Runs that were opened", "runbook", "mode"),
  RUNS_ENDED(Kind.COUNTER, "byteport_runs_ended", "Runs that have ended", "runbook", "result"),
  RUNS_UNFINISHED(Kind.GAUGE, "byteport_runs_unfinished", "Runs of the store that have not ended"),
  RUNS_HERE(
      Kind.GAUGE,
      "byteport_runs_here",
      "Runs that this process has carried on and that have not ended, by the phase they are in",
      "phase"),
  RUN_DURATION(
      Kind.TIMER, "byteport_run_duration", "From the opening of a run to its end", "result"),
  DECISIONS(
      Kind.COUNTER, "byteport_decisions", "Incidents that were classified", "runbook", "class"),
  GUARDRAIL_VERDICTS(
      Kind.COUNTER,
      "byteport_guardrail_verdicts",
      "What guardrails said: allowed, refused or undecided",
      "kind",
      "verdict"),
  ACTIONS(
      Kind.TIMER,
      "byteport_action",
      "Calls of actions; done, or the kind of failure",
      "action",
      "outcome"),
  ACTION_WAITS(
      Kind.TIMER,
      "byteport_action_wait",
      "How long reads waited for their turn on a connection",
      "kind"),
  NOTIFICATIONS(
      Kind.COUNTER,
      "byteport_notifications",
      "Attempts to send a message: sent, failed or given_up",
      "channel",
      "outcome"),
  OUTBOX_WAITING(
      Kind.GAUGE, "byteport_outbox_waiting", "Messages that were not sent yet", "channel"),
  OUTBOX_DEAD(Kind.GAUGE, "byteport_outbox_dead", "Messages that were given up", "channel"),
  ALERTS_FIRING(Kind.GAUGE, "byteport_alerts_firing", "Alerts of a source that fire now", "source"),
  STORE(Kind.TIMER, "byteport_store", "Pieces of work in the database of the state"),
  HTTP_REQUESTS(
      Kind.TIMER, "byteport_http_requests", "Requests that were answered", "route", "status"),
  HTTP_REFUSED(
      Kind.COUNTER, "byteport_http_refused", "Requests that were turned away", "route", "reason"),
  RELOADS(
      Kind.COUNTER, "byteport_reloads", "Configurations that were read: taken or kept", "outcome"),
  READY(Kind.GAUGE, "byteport_ready", "1 while signals are taken"),
  LIVE(Kind.GAUGE, "byteport_live", "1 where changes are made, 0 in a dry run");

  /** What of it Prometheus sees: a counter ends in _total, a timer in _seconds and more. */
  enum Kind {
    COUNTER,
    GAUGE,
    TIMER
  }

  private final Kind kind;
  private final String key;
  private final String help;
  private final List<String> labels;

  Metric(Kind kind, String key, String help, String... labels) {
    this.kind = kind;
    this.key = key;
    this.help = help;
    this.labels = List.of(labels);
  }

  Kind kind() {
    return kind;
  }

  /** As it is registered, without the end that its kind gives it. */
  String key() {
    return key;
  }

  /** As Prometheus calls the family. */
  String family() {
    return switch (kind) {
      case COUNTER -> key + "_total";
      case GAUGE -> key;
      case TIMER -> key + "_seconds";
    };
  }

  String help() {
    return help;
  }

  List<String> labels() {
    return labels;
  }
}
