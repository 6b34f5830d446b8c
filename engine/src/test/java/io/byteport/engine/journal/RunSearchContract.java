package io.byteport.engine.journal;

import static io.byteport.engine.journal.Entries.NOON;
import static io.byteport.engine.journal.Entries.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looking for runs, whatever database they live in. */
abstract class RunSearchContract {
  SqlRunStore store;

  abstract SqlRunStore fresh();

  @BeforeEach
  void open() {
    store = fresh();
    for (int i = 0; i < 5; i++) {
      // the last two are of the same moment
      Instant at = NOON.plusSeconds(Math.min(i, 3));
      assertThat(store.open(opened("run-" + i, "pod/Shop_" + i + "/a%b", at))).isEmpty();
    }
    RunId third = new RunId("run-2");
    assertThat(store.claim(third)).isTrue();
    store.append(
        third,
        List.of(
            new Note.Classified(
                NOON.plusSeconds(9),
                "pool_exhausted",
                0.9,
                "high",
                "it is full",
                null,
                List.of(),
                null,
                null,
                null)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> found(RunFilter filter) {
    return store.runs(filter, 10).stream().map(run -> run.id().value()).toList();
  }

  private static RunFilter filter(
      @Nullable String runbook, @Nullable String target, @Nullable String words) {
    return new RunFilter(runbook, target, null, null, null, words, null);
  }

  @Test
  void all_come_newest_first_and_two_of_a_moment_by_their_ids() {
    assertThat(found(RunFilter.ALL)).containsExactly("run-4", "run-3", "run-2", "run-1", "run-0");
  }

  @Test
  void a_page_goes_on_where_the_last_one_ended() {
    List<String> seen = new ArrayList<>();
    RunFilter.Position last = null;
    while (true) {
      List<RunSummary> page = store.runs(RunFilter.ALL.after(last), 2);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(run -> seen.add(run.id().value()));
      last = RunFilter.position(page.getLast());
    }
    assertThat(seen).containsExactly("run-4", "run-3", "run-2", "run-1", "run-0");
  }

  @Test
  void what_is_typed_is_no_pattern() {
    assertThat(found(filter(null, "shop_3/", null))).containsExactly("run-3");
    assertThat(found(filter(null, "3/A%B", null))).containsExactly("run-3");
    assertThat(found(filter(null, "shop%3", null))).isEmpty();
    assertThat(found(filter(null, "shopx3", null))).isEmpty();
    assertThat(found(filter(null, "!", null))).isEmpty();
    assertThat(found(filter("' or ''='", null, null))).isEmpty();
  }

  @Test
  void a_run_is_found_by_any_word_about_it() {
    assertThat(found(filter(null, null, "POOL_exh"))).containsExactly("run-2");
    assertThat(found(filter(null, null, "run-1"))).containsExactly("run-1");
    assertThat(found(filter(null, null, "sample_failing"))).hasSize(5);
    assertThat(found(filter(null, null, "nothing of it"))).isEmpty();
  }

  @Test
  void runbook_time_and_state_narrow_it_down() {
    assertThat(found(filter("sample", null, null))).hasSize(5);
    assertThat(found(filter("other", null, null))).isEmpty();
    assertThat(found(new RunFilter(null, null, null, null, NOON.plusSeconds(3), null, null)))
        .containsExactly("run-4", "run-3");
    assertThat(found(new RunFilter(null, null, false, null, null, null, null))).hasSize(5);
    assertThat(found(new RunFilter(null, null, true, null, null, null, null))).isEmpty();
    assertThat(found(new RunFilter(null, null, null, "resolved", null, null, null))).isEmpty();
  }
}
