package io.byteport.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.value.Value;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunStoryTest {

  @Test
  void a_longer_journal_begins_with_the_same_items() {
    List<JournalEntry> journal = new Journals("some text").entries();
    String whole = RunStory.html(RunStory.of(journal), 0);

    for (int seen = 0; seen <= journal.size(); seen++) {
      String shown = RunStory.html(RunStory.of(journal.subList(0, seen)), 0);
      String news = RunStory.html(RunStory.of(journal), seen);
      assertThat(shown + news).isEqualTo(whole);
    }
  }

  @Test
  void everything_is_told_in_order() {
    String story = RunStory.html(RunStory.of(new Journals("words").entries()), 0);

    assertThat(story)
        .containsSubsequence(
            "signal",
            "diagnose",
            "? not read",
            "classify",
            "words 0.90",
            "confidence 0.90",
            "enough to act, which takes 0.70",
            "plan",
            "1 of 3 used within 1h, 2 left",
            "asks a human",
            "approved ",
            "change ",
            "outcome ",
            "words before",
            "→",
            "settled ",
            "not done ",
            "failed, nothing was changed",
            "hand-off ended",
            "is now resolved",
            "verify",
            "escalated");
  }

  @Test
  void a_change_shows_what_was_before_and_what_is_now() {
    String story = RunStory.html(RunStory.of(new Journals("512Mi").entries()), 0);

    assertThat(story).contains("<del>512Mi before</del>").contains("<ins>512Mi</ins>");
  }

  @Test
  void facts_that_are_missing_for_one_reason_are_told_together() {
    Instant at = Journals.NOON;
    List<JournalEntry> journal =
        List.of(
            new Note.FactLearned(at, "pod", null, "connection refused", false, null),
            new Note.FactLearned(at, "node", null, "connection refused", false, null),
            new Note.PhaseEntered(at, Note.Phase.CLASSIFY, 1));

    assertThat(RunStory.html(RunStory.of(journal), 0))
        .contains("2 facts could not be read: connection refused (pod, node)");
  }

  @Test
  void a_look_that_sees_the_same_again_says_so_in_a_word() {
    Note.ExpectationJudged judged =
        (Note.ExpectationJudged)
            new Journals("x")
                .entries().stream()
                    .filter(Note.ExpectationJudged.class::isInstance)
                    .findFirst()
                    .orElseThrow();

    List<RunStory.Item> items = RunStory.of(List.of(judged, judged));

    assertThat(items.getFirst().html().render()).contains("<details>");
    assertThat(items.getLast().html().render()).contains("as before").doesNotContain("<details>");
  }

  @Test
  void a_run_of_five_hundred_entries_is_a_page_below_a_hundred_kilobytes() {
    List<JournalEntry> all =
        new Journals("pod.container.memoryLimit of api-7d9 is 384Mi").entries();
    List<JournalEntry> looks =
        all.stream()
            .filter(
                entry ->
                    entry instanceof Note.ExpectationJudged
                        || entry instanceof Note.GuardrailJudged
                        || entry instanceof Note.FactLearned
                        || entry instanceof Event.ChangeIntended
                        || entry instanceof Event.ChangeFinished
                        || entry instanceof Note.StepEnded)
            .toList();
    List<JournalEntry> journal = new ArrayList<>(all.subList(0, all.size() - 1));
    while (journal.size() < 499) {
      journal.add(new Event.TimeReached(Journals.NOON, Journals.NOON));
      journal.add(new Event.Observed(Journals.NOON, List.of()));
      journal.add(new Event.GuardrailsChecked(Journals.NOON, List.of()));
      journal.add(looks.get(journal.size() % looks.size()));
      journal.add(
          new Note.FactLearned(
              Journals.NOON, "logs", Value.of("a line of a log\n".repeat(500)), null, false, null));
    }
    RunSummary summary =
        new RunSummary(
            Journals.RUN,
            "r",
            "s",
            "t",
            Mode.LIVE,
            Journals.NOON,
            "c",
            "resolved",
            "",
            Journals.NOON,
            false);

    String page =
        RunPage.html(
            new Scene("a", true, "", PagesServer.APPROVER, Journals.NOON, 0, List.of()),
            new RunLook(
                summary,
                Stream.concat(journal.stream().limit(499), Stream.of(all.getLast())).toList(),
                List.of(),
                List.of(),
                true));

    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(100 * 1024);
  }
}
