package io.byteport.cli.agent;

import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.spi.FailureKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens, for {@code /metrics}. Hears the journal as it is written; other parts tell
 * it what is in no journal. Labels are names of the configuration, of runbooks and of actions,
 * never what a signal says; of each label so many values are kept, and further ones are not
 * counted. Safe for several threads.
 */
final class Metrics implements RunListener, Requests, AutoCloseable {
  private static final int MOST_VALUES = 500;

  /** Upper ends of the buckets of timers. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1)
  };

  /** What is known of a run that goes on here. */
  private record Here(String runbook, Note.@Nullable Phase phase) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private final Map<Metric, MultiGauge> rows = new EnumMap<>(Metric.class);
  private final Map<Metric, Supplier<Map<String, Double>>> sources = new ConcurrentHashMap<>();
  private final Map<RunId, Here> here = new ConcurrentHashMap<>();
  private final Function<RunId, String> runbooks;

  /**
   * @param runbooks the id of a run's runbook; asked once for each run that goes on here
   */
  Metrics(Function<RunId, String> runbooks) {
    this.runbooks = runbooks;
    for (Metric metric : Metric.values()) {
      for (String label : metric.labels()) {
        registry
            .config()
            .meterFilter(
                MeterFilter.maximumAllowableTags(
                    metric.key(), label, MOST_VALUES, MeterFilter.deny()));
      }
      if (metric.kind() == Metric.Kind.GAUGE && metric.labels().size() == 1) {
        rows.put(
            metric, MultiGauge.builder(metric.key()).description(metric.help()).register(registry));
      }
    }
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    collector.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    rows(Metric.RUNS_HERE, this::phases);
  }

  /** One more. */
  void count(Metric metric, String... values) {
    count(metric, 1, values);
  }

  void count(Metric metric, double amount, String... values) {
    Counter.builder(metric.key())
        .description(metric.help())
        .tags(tags(metric, values))
        .register(registry)
        .increment(amount);
  }

  void time(Metric metric, Duration took, String... values) {
    Timer.builder(metric.key())
        .description(metric.help())
        .serviceLevelObjectives(BUCKETS)
        .tags(tags(metric, values))
        .register(registry)
        .record(took.isNegative() ? Duration.ZERO : took);
  }

  /** A number that is asked for when somebody reads it. */
  void gauge(Metric metric, Supplier<Number> value) {
    Gauge.builder(metric.key(), value)
        .description(metric.help())
        .strongReference(true)
        .register(registry);
  }

  /** Numbers by the value of the one label, asked for when somebody reads them. */
  void rows(Metric metric, Supplier<Map<String, Double>> values) {
    sources.put(metric, values);
  }

  private static Tags tags(Metric metric, String... values) {
    if (values.length != metric.labels().size()) {
      throw new IllegalArgumentException(metric + " has the labels " + metric.labels());
    }
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      tags.add(Tag.of(metric.labels().get(i), values[i]));
    }
    return Tags.of(tags);
  }

  /** All of it, as Prometheus reads it. */
  synchronized String scrape() {
    sources.forEach(
        (metric, values) -> {
          List<MultiGauge.Row<?>> all = new ArrayList<>();
          values
              .get()
              .forEach(
                  (label, value) ->
                      all.add(
                          MultiGauge.Row.of(Tags.of(metric.labels().getFirst(), label), value)));
          MultiGauge gauge = rows.get(metric);
          if (gauge != null) {
            gauge.register(all, true);
          }
        });
    return registry.scrape();
  }

  /** An action was called. */
  void called(String action, Duration took, @Nullable FailureKind failure) {
    time(
        Metric.ACTIONS,
        took,
        action,
        failure == null ? "done" : failure.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void refused(String route, String reason) {
    count(Metric.HTTP_REFUSED, route, reason);
  }

  @Override
  public void answered(String route, int status, Duration took) {
    time(Metric.HTTP_REQUESTS, took, route, Integer.toString(status));
  }

  @Override
  public void entry(RunId run, JournalEntry entry) {
    switch (entry) {
      case Note.PhaseEntered entered ->
          here.compute(
              run,
              (id, known) ->
                  new Here(known == null ? runbook(id) : known.runbook(), entered.phase()));
      case Note.Classified classified ->
          count(Metric.DECISIONS, runbook(run), classified.classId());
      case Note.GuardrailJudged judged ->
          count(Metric.GUARDRAIL_VERDICTS, judged.kind(), verdict(judged));
      case Note.Finished finished -> finished(run, finished);
      case Note note -> {}
      case Event event -> {}
    }
  }

  private static String verdict(Note.GuardrailJudged judged) {
    if (judged.allowed()) {
      return "allowed";
    }
    return judged.undecided().isEmpty() ? "refused" : "undecided";
  }

  private void finished(RunId run, Note.Finished finished) {
    String result = finished.report().result().word();
    count(Metric.RUNS_ENDED, runbook(run), result);
    time(Metric.RUN_DURATION, finished.report().duration(), result);
    here.remove(run);
  }

  private String runbook(RunId run) {
    Here known = here.get(run);
    return known == null ? runbooks.apply(run) : known.runbook();
  }

  private Map<String, Double> phases() {
    Map<String, Double> phases = new ConcurrentHashMap<>();
    here.values()
        .forEach(
            one ->
                phases.merge(
                    one.phase() == null ? "open" : one.phase().name().toLowerCase(Locale.ROOT),
                    1.0,
                    Double::sum));
    return phases;
  }

  @Override
  public void close() {
    collector.close();
    registry.close();
  }
}
