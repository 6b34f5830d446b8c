package io.byteport.cli.agent;

import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.run.Timers;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each run that ends as one trace, made of its journal, so that a run which several processes
 * carried on is one trace all the same. The ids follow from the run's; a journal that is sent twice
 * is the same trace. What cannot be sent is lost, and nothing waits for it. Safe for several
 * threads.
 */
final class Traces implements RunListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Traces.class);
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";

  private final Function<RunId, List<JournalEntry>> journal;
  private final Timers timers;
  private final Ids ids = new Ids();
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * @param journal the whole journal of a run, without secrets
   * @param timers are not closed
   */
  Traces(
      SpanProcessor processor,
      String service,
      Function<RunId, List<JournalEntry>> journal,
      Timers timers) {
    this.journal = journal;
    this.timers = timers;
    this.provider =
        SdkTracerProvider.builder()
            .setIdGenerator(ids)
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(AttributeKey.stringKey("service.name"), service))))
            .addSpanProcessor(processor)
            .build();
    this.tracer = provider.get("io.byteport");
  }

  /** Over OTLP to where the environment says; empty where it says nothing. */
  static Optional<Traces> toEnvironment(
      Map<String, String> environment, Function<RunId, List<JournalEntry>> journal, Timers timers) {
    String endpoint = environment.getOrDefault(ENDPOINT, "").strip();
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(base + "/v1/traces");
    for (String header : environment.getOrDefault(HEADERS, "").split(",", -1)) {
      int equals = header.indexOf('=');
      if (equals > 0) {
        exporter.addHeader(
            header.substring(0, equals).strip(), header.substring(equals + 1).strip());
      }
    }
    String service = environment.getOrDefault("OTEL_SERVICE_NAME", "byteport");
    return Optional.of(
        new Traces(BatchSpanProcessor.builder(exporter.build()).build(), service, journal, timers));
  }

  @Override
  public void entry(RunId run, JournalEntry entry) {
    if (entry instanceof Note.Finished) {
      timers.execute(() -> send(run));
    }
  }

  private void send(RunId run) {
    try {
      send(run, RunTrace.of(journal.apply(run)));
    } catch (RuntimeException e) {
      LOG.warn("run {} was not traced: {}", run, e.getMessage());
    }
  }

  private synchronized void send(RunId run, RunTrace trace) {
    ids.begin(run);
    Span whole = begin(trace.whole(), Context.root());
    List<Span> parts = new ArrayList<>();
    for (RunTrace.Span part : trace.parts()) {
      Span parent = part.parent() < 0 ? whole : parts.get(part.parent());
      parts.add(begin(part, Context.root().with(parent)));
    }
    for (int i = 0; i < parts.size(); i++) {
      end(parts.get(i), trace.parts().get(i));
    }
    end(whole, trace.whole());
  }

  private Span begin(RunTrace.Span part, Context parent) {
    SpanBuilder span =
        tracer.spanBuilder(part.name()).setParent(parent).setStartTimestamp(part.from());
    part.attributes().forEach(span::setAttribute);
    return span.startSpan();
  }

  private static void end(Span span, RunTrace.Span part) {
    if (part.failure() != null) {
      span.setStatus(StatusCode.ERROR, part.failure());
    }
    span.end(part.until());
  }

  /** Sends what is left, for a few seconds at most. */
  @Override
  public void close() {
    provider.shutdown().join(5, TimeUnit.SECONDS);
  }

  /** Names that follow from a run and the place of a span in it. Used by one thread at a time. */
  private static final class Ids implements IdGenerator {
    private String run = "";
    private int next;

    void begin(RunId id) {
      run = id.value();
      next = 0;
    }

    @Override
    public String generateTraceId() {
      return digest("trace " + run).substring(0, 32);
    }

    @Override
    public String generateSpanId() {
      return digest("span " + next++ + " " + run).substring(0, 16);
    }

    private static String digest(String text) {
      try {
        return HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }
}
