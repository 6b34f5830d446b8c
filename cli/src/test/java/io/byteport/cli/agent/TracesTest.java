package io.byteport.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.IntentId;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.FailureKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TracesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunId RUN = new RunId("run-1");

  private final VirtualTimers timers = new VirtualTimers(NOON);

  @Test
  void a_run_is_one_trace_with_a_span_for_each_phase_read_and_change() {
    List<SpanData> spans = sent(journal());

    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactlyInAnyOrder("mend_box", "diagnose", "box", "act", "lab.mend");
    assertThat(spans).extracting(SpanData::getTraceId).containsOnly(spans.getFirst().getTraceId());
    SpanData change = named(spans, "lab.mend");
    assertThat(change.getParentSpanId()).isEqualTo(named(spans, "act").getSpanId());
    assertThat(change.getEndEpochNanos() - change.getStartEpochNanos())
        .isEqualTo(Duration.ofSeconds(2).toNanos());
    assertThat(change.getStatus().getDescription()).isEqualTo("no answer");
    assertThat(named(spans, "mend_box").getParentSpanId()).isEqualTo("0000000000000000");
    assertThat(named(spans, "mend_box").getAttributes().asMap().values())
        .contains("run-1", "broken", "escalated");
  }

  @Test
  void a_journal_that_is_sent_twice_is_the_same_trace() {
    List<SpanData> first = sent(journal());
    List<SpanData> second = sent(journal());

    assertThat(second.getFirst().getTraceId()).isEqualTo(first.getFirst().getTraceId());
    assertThat(named(second, "lab.mend").getSpanId())
        .isEqualTo(named(first, "lab.mend").getSpanId());
  }

  @Test
  void without_an_endpoint_nothing_is_traced() {
    assertThat(Traces.toEnvironment(Map.of(), run -> List.of(), timers)).isEmpty();
  }

  private List<SpanData> sent(List<JournalEntry> journal) {
    Collecting collecting = new Collecting();
    try (Traces traces =
        new Traces(SimpleSpanProcessor.create(collecting), "test", run -> journal, timers)) {
      traces.entry(RUN, journal.getLast());
      timers.settle();
    }
    return collecting.spans;
  }

  private static SpanData named(List<SpanData> spans, String name) {
    return spans.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
  }

  private static final class Collecting implements SpanExporter {
    final List<SpanData> spans = new CopyOnWriteArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> more) {
      spans.addAll(more);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private static List<JournalEntry> journal() {
    List<JournalEntry> journal = new ArrayList<>();
    journal.add(
        new Event.Opened(
            NOON,
            RUN,
            "mend_box",
            "1.0.0",
            "",
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
            "box/b1"));
    journal.add(new Note.PhaseEntered(NOON, Note.Phase.DIAGNOSE, 1));
    journal.add(
        new Event.Observed(
            NOON.plusSeconds(1),
            List.of(new Event.Observation("box", new ActionResult.Done(Value.NULL, false)))));
    journal.add(
        new Note.Classified(
            NOON.plusSeconds(1), "broken", 0.9, "high", "it is", null, List.of(), 0.7, null, null));
    journal.add(new Note.PhaseEntered(NOON.plusSeconds(1), Note.Phase.ACT, 1));
    IntentId intent = new IntentId("intent-1");
    journal.add(
        new Event.ChangeIntended(
            NOON.plusSeconds(2),
            intent,
            "mend",
            "lab.mend",
            StructValue.EMPTY,
            StructValue.EMPTY,
            "mend b1",
            List.of()));
    journal.add(
        new Event.ChangeFinished(
            NOON.plusSeconds(4),
            intent,
            new ActionResult.Failed(FailureKind.TIMEOUT, "no answer", false, null),
            false));
    journal.add(
        new Note.Finished(
            NOON.plusSeconds(5),
            new RunReport(
                RunResult.ESCALATED,
                "it failed",
                "b1 escalated",
                "broken",
                0.9,
                "high",
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                Duration.ofSeconds(5),
                List.of(),
                Map.of(),
                null)));
    return journal;
  }
}
