package io.byteport.engine.outbox;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentConfiguration.Channel;
import io.byteport.dsl.agent.AgentConfiguration.Route;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Runbook.Metadata;
import io.byteport.engine.channel.Message;
import io.byteport.engine.eval.Environment;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.eval.ValuePrinter;
import io.byteport.engine.run.Course;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.InterpretedCourse;
import io.byteport.engine.run.Links;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunReport.Notification;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.signal.UnclaimedSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is told, as the configuration of an agent says. For each kind of channel that a notice names,
 * the first route decides that holds and has a channel of this kind. A notice that names no kind
 * goes to those who are asked for approvals. What is less grave than a channel wants does not go
 * there. Immutable.
 */
public final class Routes implements Addressing {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final String SOURCE = "source:";
  private static final String ANY_EVENT = "*";
  private static final List<String> SEVERITIES = List.of("info", "warning", "high", "critical");

  private final AgentConfiguration configuration;
  private final Set<String> sources;
  private final Evaluator evaluator;
  private final Course.Beginning courses;
  private final Links links;

  /**
   * @param sources the names of those that hear what became of their alerts
   * @param courses what runs are begun with, since it knows their runbooks
   */
  public Routes(
      AgentConfiguration configuration,
      Set<String> sources,
      Evaluator evaluator,
      Course.Beginning courses) {
    this.configuration = configuration;
    this.sources = Set.copyOf(sources);
    this.evaluator = evaluator;
    this.courses = courses;
    this.links = new Links(configuration.links().console(), configuration.links().runbooks());
  }

  /** The name of the channel that a source is told through. */
  public static String channel(String source) {
    return SOURCE + source;
  }

  @Override
  public Addressed address(Occasion occasion, Notification notice) {
    if (configuration.channels().isEmpty()) {
      return Addressed.TO_NOBODY;
    }
    Metadata runbook = runbook(occasion.opened());
    Environment names =
        new SaidNames(occasion, notice, runbook, links, configuration.connections());
    Map<String, List<String>> kinds = notice.channels();
    if (kinds.isEmpty()) {
      kinds = Map.of(configuration.approvals().ask(), List.of());
    }
    List<Envelope> envelopes = new ArrayList<>();
    List<String> unheard = new ArrayList<>();
    kinds.forEach(
        (kind, labels) -> {
          List<String> channels = channels(kind, names);
          if (channels.isEmpty()) {
            unheard.add(kind);
          }
          for (String name : channels) {
            Channel channel = configuration.channels().get(name);
            if (channel != null && isGraveEnough(notice, channel)) {
              envelopes.add(
                  new Envelope(
                      name,
                      message(
                          occasion,
                          notice,
                          labels,
                          runbook,
                          mention(notice, channel),
                          text(notice, channel, names))));
            }
          }
        });
    return new Addressed(envelopes, unheard);
  }

  /** Those of a kind in the first route that holds and has one. */
  private List<String> channels(String kind, Environment names) {
    for (Route route : configuration.routes()) {
      List<String> ofKind =
          route.use().stream()
              .filter(name -> isOf(configuration.channels().get(name), kind))
              .toList();
      if (!ofKind.isEmpty() && evaluator.evaluate(route.when(), names).isTrue()) {
        return ofKind;
      }
    }
    return List.of();
  }

  private static boolean isOf(@Nullable Channel channel, String kind) {
    return channel != null && channel.entry().kind().equals(kind);
  }

  /** What is no severity is for the people who wrote it to judge. */
  private static boolean isGraveEnough(Notification notice, Channel channel) {
    int gravity = SEVERITIES.indexOf(notice.priority().toLowerCase(Locale.ROOT));
    return gravity < 0 || gravity >= SEVERITIES.indexOf(channel.minSeverity());
  }

  private static @Nullable String mention(Notification notice, Channel channel) {
    return notice.priority().equalsIgnoreCase("critical") ? channel.mentionOnCritical() : null;
  }

  /** The channel's own words where the template has none. */
  private @Nullable String text(Notification notice, Channel channel, Environment names) {
    TypedExpr template = channel.templates().get(notice.event());
    if (template == null) {
      template = channel.templates().get(ANY_EVENT);
    }
    if (template == null) {
      return null;
    }
    return switch (evaluator.evaluate(template, names)) {
      case Evaluation.Known known ->
          known.value().isNull() ? null : ValuePrinter.print(known.value(), template.type());
      case Evaluation.Undecided undecided -> {
        LOG.warn(
            "the template for `{}` of the channel {} says nothing: {}",
            notice.event(),
            channel.entry().name(),
            undecided.reason());
        yield null;
      }
    };
  }

  @Override
  public List<Envelope> feedback(Occasion end, Supplier<List<Raised>> alerts) {
    Event.Opened opened = end.opened();
    RunReport report = end.report();
    if (sources.isEmpty()
        || report == null
        || report.result() != RunResult.RESOLVED
        || opened.mode() != Mode.LIVE) {
      return List.of();
    }
    Notification notice =
        report.notices().stream()
            .filter(one -> one.event().equals(report.result().word()))
            .findFirst()
            .map(Routes::again)
            .orElseGet(() -> summary(opened, report));
    return alerts.get().stream()
        .filter(alert -> sources.contains(alert.source()))
        .map(
            alert ->
                new Envelope(
                    channel(alert.source()),
                    about(alert, message(end, notice, List.of(), runbook(opened), null, null))))
        .toList();
  }

  /** The same, as the source knows the trouble: a run may be about several alerts. */
  static Message about(Raised alert, Message message) {
    Message.Subject subject = message.subject();
    return new Message(
        message.run(),
        message.notice(),
        message.labels(),
        new Message.Subject(
            subject.runbook(),
            subject.category(),
            subject.signal(),
            subject.source(),
            alert.fingerprint(),
            subject.target(),
            subject.classId(),
            subject.result(),
            subject.at()),
        message.link(),
        message.runbookLink(),
        message.mention(),
        message.text());
  }

  private static Notification summary(Event.Opened opened, RunReport report) {
    return new Notification(
        report.result().word(),
        Map.of(),
        report.severity(),
        report.summary(),
        report.reason(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        "feedback/" + opened.run(),
        Duration.ZERO);
  }

  /** A source is told of each of its alerts, also where people have heard the same. */
  private static Notification again(Notification notice) {
    return new Notification(
        notice.event(),
        notice.channels(),
        notice.priority(),
        notice.title(),
        notice.details(),
        notice.fields(),
        notice.attachments(),
        notice.nextSteps(),
        notice.commands(),
        notice.dedupKey(),
        Duration.ZERO);
  }

  private Message message(
      Occasion occasion,
      Notification notice,
      List<String> labels,
      @Nullable Metadata runbook,
      @Nullable String mention,
      @Nullable String text) {
    Event.Opened opened = occasion.opened();
    Signal signal = opened.signal();
    RunReport report = occasion.report();
    return new Message(
        opened.run(),
        notice,
        labels,
        new Message.Subject(
            opened.runbook(),
            runbook == null ? "" : runbook.category(),
            signal.type(),
            signal.source(),
            signal.fingerprint(),
            opened.targetKey(),
            report == null ? null : report.classId(),
            report == null ? null : report.result().word(),
            occasion.at()),
        links.run(opened.run()),
        links.runbook(opened.runbook()),
        mention,
        text);
  }

  /** As the run has it, also where the runbook was changed or taken away since. */
  private @Nullable Metadata runbook(Event.Opened opened) {
    if (opened.runbook().equals(UnclaimedSignal.NO_RUNBOOK)) {
      return null;
    }
    try {
      return courses.before(opened) instanceof InterpretedCourse course ? course.metadata() : null;
    } catch (IllegalArgumentException e) {
      LOG.debug("the runbook of run {} cannot be read", opened.run(), e);
      return null;
    }
  }
}
