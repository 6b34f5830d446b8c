package io.byteport.engine.journal;

import static io.byteport.engine.journal.Entries.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.Value;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Policy;
import io.byteport.engine.spi.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class JournalCodecTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.123456789Z");
  private final JournalCodec codec = new JournalCodec(Redactor.SHAPES_ONLY);

  @Property(tries = 300)
  void everyKindOfEntryIsReadAsItWasWritten(@ForAll long seed) {
    RandomRecords random = new RandomRecords(seed);
    for (Class<?> type : RandomRecords.members(JournalEntry.class)) {
      JournalEntry entry = (JournalEntry) random.make(type);

      assertThat(codec.read(codec.write(entry))).isEqualTo(entry);
    }
  }

  /** A renamed record could no longer be read: add a name here, never change one. */
  @Test
  void theNamesOfEntriesAreFixed() {
    assertThat(
            RandomRecords.members(JournalEntry.class).stream()
                .map(JournalCodec::kind)
                .collect(Collectors.toSet()))
        .contains(
            "opened",
            "observed",
            "guardrailsChecked",
            "changeIntended",
            "changeRefused",
            "changeNotPrepared",
            "changeFinished",
            "settleChecked",
            "timeReached",
            "approved",
            "asked",
            "answerIgnored",
            "signalChanged",
            "phaseEntered",
            "factLearned",
            "ruleJudged",
            "classified",
            "guardrailJudged",
            "planned",
            "handOffEnded",
            "announced",
            "stepEnded",
            "expectationJudged",
            "finished");
  }

  @Test
  void an_opening_from_before_there_were_levels_acts() {
    Event.Opened opened =
        (Event.Opened)
            codec.read(
                """
                {"$type":"opened","at":"2026-01-02T03:04:05Z","run":"run-1","runbook":"sample",\
                "runbookVersion":"1.0.0","runbookText":"metadata: {id: sample}","mode":"LIVE",\
                "signal":{"type":"sample_failing","source":"test","severity":"HIGH",\
                "status":"FIRING","labels":{},"startedAt":"2026-01-02T03:04:05Z",\
                "fingerprint":"f"},"params":{},"inputs":{},"target":{},\
                "targetKey":"box/b1","$version":1}\
                """);

    assertThat(opened.policy()).isEqualTo(Policy.ACT);
    assertThat(opened.targetKey()).isEqualTo("box/b1");
  }

  @Test
  void a_decision_and_an_answer_from_before_there_were_plans_are_read() {
    Note.Classified classified =
        (Note.Classified)
            codec.read(
                """
                {"$type":"classified","at":"2026-01-02T03:04:05Z","classId":"bad_deploy",\
                "confidence":0.9,"severity":"high","because":"said so","$version":1}\
                """);
    Event.Approved approved =
        (Event.Approved)
            codec.read(
                """
                {"$type":"approved","at":"2026-01-02T03:04:05Z","guardrail":"asked",\
                "approved":true,"by":"anna","$version":1}\
                """);

    assertThat(classified.autonomy()).isNull();
    assertThat(approved.hash()).isNull();
    assertThat(approved.reason()).isNull();
  }

  @Test
  void quantitiesKeepTheirKind() {
    String json =
        codec.write(
            new Note.FactLearned(
                AT, "idle", Value.of(java.time.Duration.ofMinutes(5)), null, false, null));

    assertThat(json)
        .isEqualTo(
            """
            {"$type":"factLearned","at":"2026-01-02T03:04:05.123456789Z","fact":"idle",\
            "value":{"$duration":"PT5M"},"refreshed":false,"$version":1}\
            """);
  }

  @Test
  void nullThatIsKnownAndNoValueAtAllStayDifferent() {
    Note.FactLearned known = new Note.FactLearned(AT, "pod", Value.NULL, null, false, null);
    Note.FactLearned unavailable = new Note.FactLearned(AT, "pod", null, "refused", false, null);

    assertThat(codec.read(codec.write(known))).isEqualTo(known);
    assertThat(codec.read(codec.write(unavailable))).isEqualTo(unavailable);
  }

  @Test
  void unknownFieldsAreIgnoredAndMissingListsAreEmpty() {
    assertThat(
            codec.read(
                "{\"$type\":\"observed\",\"at\":\"2026-01-02T03:04:05Z\",\"$version\":1,\"new\":[1]}"))
        .isEqualTo(new Event.Observed(Instant.parse("2026-01-02T03:04:05Z"), List.of()));
  }

  @Test
  void anEntryThatCannotBeReadSaysWhy() {
    assertThatThrownBy(() -> codec.read("{\"$type\":\"exploded\",\"$version\":1}"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("exploded");
    assertThatThrownBy(() -> codec.read("{\"$type\":\"observed\""))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("a journal entry cannot be read: ");
    assertThatThrownBy(() -> codec.read("[]")).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> codec.read("{\"$type\":\"observed\",\"$version\":2}"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("run a newer one");
  }

  @Test
  void longTextsAreCutAndSaySo() {
    Event.Observed entry = observed("x".repeat(1_000_000));

    Event.Observed read = (Event.Observed) codec.read(codec.write(entry));

    ActionResult.Done done = (ActionResult.Done) read.observations().get(0).result();
    assertThat(((Value.TextValue) done.output()).value())
        .hasSize(TextScrub.LONGEST)
        .endsWith(" [cut: 1000000 characters]");
  }

  @Test
  void secretsAreNotWritten() {
    assertThat(codec.write(observed("Authorization: Bearer abcdef0123456789abcdef")))
        .contains("[redacted]")
        .doesNotContain("abcdef0123456789");
    assertThat(
            codec.write(
                new Event.ChangeNotPrepared(
                    AT,
                    "step",
                    new ActionResult.Failed(
                        FailureKind.UNREACHABLE, "postgres://bob:hunter22@db/x", true, null))))
        .doesNotContain("hunter22");
  }

  private static Event.Observed observed(String text) {
    return new Event.Observed(
        AT, List.of(new Event.Observation("logs", new ActionResult.Done(Value.of(text), false))));
  }

  @Test
  void an_entry_of_an_earlier_format_is_raised_step_by_step() {
    Upcasts upcasts =
        new Upcasts(
            List.of(
                tree -> renamed(tree, "until", "target"),
                tree -> renamed(tree, "target", "wanted")));
    JournalCodec newest = new JournalCodec(Redactor.SHAPES_ONLY, upcasts);
    Event.TimeReached reached = new Event.TimeReached(NOON, NOON);

    for (String old : List.of("1,\"until\"", "2,\"target\"", "3,\"wanted\"")) {
      String json =
          "{\"$type\":\"timeReached\",\"at\":\"2026-03-01T12:00:00Z\",\"$version\":"
              + old
              + ":\"2026-03-01T12:00:00Z\"}";
      assertThat(newest.read(json)).isEqualTo(reached);
    }
    assertThat(newest.write(reached)).contains("\"$version\":3");
  }

  private static ObjectNode renamed(ObjectNode tree, String from, String to) {
    tree.set(to, tree.remove(from));
    return tree;
  }

  @Test
  void a_kind_that_is_not_known_is_refused_by_its_name() {
    assertThatThrownBy(() -> codec.read("{\"$type\":\"teleported\",\"$version\":1}"))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "a journal entry is of the kind `teleported`, which this BytePort does not know: run a"
                + " newer one");
    assertThatThrownBy(() -> codec.read("{\"$version\":1}"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("of no kind");
  }
}
