package io.byteport.engine.journal;

import static io.byteport.engine.journal.Entries.NOON;
import static io.byteport.engine.journal.Entries.failed;
import static io.byteport.engine.journal.Entries.finished;
import static io.byteport.engine.journal.Entries.intent;
import static io.byteport.engine.journal.Entries.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Autonomy;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunPlan;
import io.byteport.engine.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises, whatever database it lives in. */
abstract class RunStoreContract {
  private static final RunId RUN = new RunId("run-1");
  private static final RunId OTHER = new RunId("run-2");
  private static final Duration DAY = Duration.ofHours(24);
  SqlRunStore store;

  abstract SqlRunStore fresh();

  @BeforeEach
  void open() {
    store = fresh();
    assertThat(store.open(opened("run-1", "pod/a"))).isEmpty();
    assertThat(store.open(opened("run-2", "pod/b", NOON.plusSeconds(1)))).isEmpty();
    assertThat(store.claim(RUN)).isTrue();
    assertThat(store.claim(OTHER)).isTrue();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aJournalIsReadInTheOrderInWhichItWasWritten() {
    List<JournalEntry> more =
        List.of(
            new Event.TimeReached(NOON, NOON),
            new Note.PhaseEntered(NOON.minusSeconds(5), Note.Phase.VERIFY, 1));
    store.append(RUN, more.subList(0, 1));
    store.append(RUN, List.of());
    store.append(RUN, more.subList(1, 2));

    assertThat(store.entries(RUN))
        .containsExactly(opened("run-1", "pod/a"), more.get(0), more.get(1));
    assertThat(store.entries(new RunId("nobody"))).isEmpty();
  }

  @Test
  void a_journal_is_read_on_from_where_one_was() {
    Event.TimeReached more = new Event.TimeReached(NOON, NOON);
    store.append(RUN, List.of(more));

    assertThat(store.entries(RUN, 0)).isEqualTo(store.entries(RUN));
    assertThat(store.entries(RUN, 1)).containsExactly(more);
    assertThat(store.entries(RUN, 2)).isEmpty();

    store.appendSoon(RUN, List.of(more));
    assertThat(store.entries(RUN, 2)).containsExactly(more);
  }

  @Test
  void a_session_is_kept_until_it_is_ended_and_the_oldest_make_room() {
    SessionStore sessions = store.sessions();
    for (int i = 0; i < 5; i++) {
      sessions.put(session("s" + i, NOON.plusSeconds(60 + i)), NOON, 3);
    }

    assertThat(sessions.find("s4")).contains(session("s4", NOON.plusSeconds(64)));
    assertThat(sessions.find("s2")).isPresent();
    assertThat(sessions.find("s1")).isEmpty();
    sessions.remove("s4");
    sessions.remove("nobody");
    assertThat(sessions.find("s4")).isEmpty();

    sessions.put(session("late", NOON.plusSeconds(500)), NOON.plusSeconds(63), 3);
    assertThat(sessions.find("s3")).as("is over").isEmpty();
    assertThat(sessions.find("late")).isPresent();
  }

  private static SessionStore.Kept session(String name, Instant until) {
    return new SessionStore.Kept(name, "anna", "proof of " + name, until);
  }

  @Test
  void theRunbookOfARunIsKeptAsItWas() {
    Event.Opened opened = (Event.Opened) store.entries(RUN).getFirst();

    assertThat(opened.runbookText()).isEqualTo("metadata: {id: sample} # password=kept");
  }

  @Test
  void oneRunAtATimeIsOpenAboutATarget() {
    assertThat(store.open(opened("run-3", "pod/a"))).contains(RUN);
    assertThat(store.entries(new RunId("run-3"))).isEmpty();
    assertThat(store.openRun(Mode.LIVE, "pod/a")).contains(RUN);
    assertThat(store.openRun(Mode.DRY_RUN, "pod/a")).isEmpty();

    store.close(RUN, List.of());

    assertThat(store.open(opened("run-3", "pod/a"))).isEmpty();
  }

  @Test
  void ofManyThatOpenAtOnceOneOpens() throws Exception {
    List<Boolean> opened = together(8, i -> store.open(opened("many-" + i, "pod/many")).isEmpty());

    assertThat(opened).containsOnlyOnce(true);
    assertThat(store.unfinished()).hasSize(3);
  }

  @Test
  void unfinishedRunsAreListedOldestFirstAndRunsNewestFirst() {
    assertThat(store.unfinished()).containsExactly(RUN, OTHER);
    assertThat(store.runs(10)).extracting(RunSummary::id).containsExactly(OTHER, RUN);
    assertThat(store.runs(1)).hasSize(1);

    store.close(RUN, List.of());

    assertThat(store.unfinished()).containsExactly(OTHER);
    assertThat(store.undelivered()).containsExactly(RUN);
    store.delivered(RUN);
    assertThat(store.undelivered()).isEmpty();
  }

  @Test
  void theLineAboutARunFollowsItsJournal() {
    store.append(
        RUN,
        List.of(
            new Note.Classified(
                NOON, "bad_deploy", 0.9, "high", "because", null, List.of(), 0.7, null, null)));

    RunSummary summary = store.run(RUN).orElseThrow();
    assertThat(summary.classId()).isEqualTo("bad_deploy");
    assertThat(summary.target()).isEqualTo("pod/a");
    assertThat(summary.mode()).isEqualTo(Mode.LIVE);
    assertThat(summary.openedAt()).isEqualTo(NOON);
    assertThat(summary.result()).isNull();
    assertThat(store.run(new RunId("nobody"))).isEmpty();
  }

  @Test
  void a_question_is_open_from_the_entry_that_asks_to_the_one_that_answers() {
    Note.Asked asked = asked("first");
    store.append(RUN, List.of(asked));

    Question question = store.questions().getFirst();
    assertThat(question.run()).isEqualTo(RUN);
    assertThat(question.runbook()).isEqualTo("sample");
    assertThat(question.target()).isEqualTo("pod/a");
    assertThat(question.guardrail()).isEqualTo("human");
    assertThat(question.plan()).isEqualTo(asked.plan());
    assertThat(question.hash()).isEqualTo(asked.plan().hash());
    assertThat(question.until()).isEqualTo(asked.until());

    store.append(RUN, List.of(new Event.SignalChanged(NOON, Signal.Status.FIRING)));
    assertThat(store.questions()).as("that answers nothing").hasSize(1);
    store.append(RUN, List.of(new Event.Approved(NOON, "human", true, "anna", "x", null)));
    assertThat(store.questions()).isEmpty();
  }

  @Test
  void a_question_that_is_asked_again_takes_the_place_of_the_first() {
    store.append(RUN, List.of(asked("first")));
    store.append(
        RUN, List.of(new Event.Approved(NOON, "human", true, "anna", "x", null), asked("second")));

    assertThat(store.questions()).extracting(Question::question).containsExactly("second");
  }

  @Test
  void a_question_ends_with_its_time_and_with_its_run() {
    store.append(RUN, List.of(asked("first")));
    store.append(OTHER, List.of(asked("other")));
    assertThat(store.questions()).hasSize(2);

    store.append(RUN, List.of(new Event.TimeReached(NOON, NOON)));
    store.close(OTHER, List.of());

    assertThat(store.questions()).isEmpty();
  }

  private static Note.Asked asked(String question) {
    RunPlan.Step step = new RunPlan.Step("mend", "test.mend", StructValue.EMPTY, true, "mend --it");
    return new Note.Asked(
        NOON,
        "human",
        question,
        NOON.plusSeconds(1800),
        RunPlan.of(Autonomy.APPROVE, "broken", List.of(step), null, "text"),
        List.of());
  }

  @Test
  void writingToARunThatDoesNotExistFails() {
    assertThatThrownBy(
            () -> store.append(new RunId("nobody"), List.of(new Event.TimeReached(NOON, NOON))))
        .isInstanceOf(StoreException.class)
        .hasMessage("run nobody is not carried on by this process");
  }

  @Test
  void anIntentIsRecordedWithWhatTheLedgerSaid() {
    List<Standing> standings = store.reserve(RUN, intent("i1", NOON), List.of(limit("k", 2)));

    assertThat(standings).singleElement().satisfies(s -> assertThat(s.granted()).isTrue());
    assertThat(store.entries(RUN).getLast()).isEqualTo(intent("i1", NOON).with(standings));
  }

  @Test
  void whereOneClaimIsRefusedNothingIsWritten() {
    store.reserve(OTHER, intent("o1", NOON), List.of(limit("full", 1)));
    int before = store.entries(RUN).size();

    List<Standing> standings =
        store.reserve(
            RUN, intent("i1", NOON), List.of(limit("free", 1), lock("l"), limit("full", 1)));

    assertThat(standings).extracting(Standing::granted).containsExactly(true, true, false);
    assertThat(standings.get(2).freeAt()).isEqualTo(NOON.plus(DAY));
    assertThat(standings.get(2).history()).containsExactly(NOON);
    assertThat(store.entries(RUN)).hasSize(before);
    assertThat(used("free", NOON)).isZero();
    assertThat(store.check(OTHER, List.of(lock("l")), NOON, false).getFirst().granted()).isTrue();
  }

  @Test
  void aWindowIsHalfOpen() {
    store.reserve(RUN, intent("i1", NOON), List.of(limit("k", 1)));

    assertThat(granted("k", NOON.plus(DAY).minusMillis(1))).isFalse();
    assertThat(granted("k", NOON.plus(DAY))).isTrue();
  }

  @Test
  void aWindowRolls() {
    for (int hour = 0; hour < 3; hour++) {
      store.reserve(
          RUN, intent("i" + hour, NOON.plusSeconds(hour * 3600L)), List.of(limit("k", 3)));
    }

    Standing full =
        store.check(RUN, List.of(limit("k", 3)), NOON.plusSeconds(7200), false).getFirst();
    assertThat(full.granted()).isFalse();
    assertThat(full.used()).isEqualTo(3);
    assertThat(full.freeAt()).isEqualTo(NOON.plus(DAY));
    Standing ofOne =
        store.check(RUN, List.of(limit("k", 1)), NOON.plusSeconds(7200), false).getFirst();
    assertThat(ofOne.freeAt()).isEqualTo(NOON.plusSeconds(7200).plus(DAY));
    assertThat(used("k", NOON.plus(DAY))).isEqualTo(2);
  }

  @Test
  void aClockThatIsSetBackDoesNotWidenAWindow() {
    store.reserve(RUN, intent("i1", NOON), List.of(limit("k", 2)));
    Instant back = NOON.minus(Duration.ofHours(30));

    assertThat(store.reserve(RUN, intent("i2", back), List.of(limit("k", 2))).getFirst().granted())
        .isTrue();
    assertThat(granted("k", 2, back)).isFalse();

    assertThat(used("k", NOON.plus(DAY).minusMillis(1)))
        .as("what was counted while the clock was wrong does not expire early")
        .isEqualTo(2);
  }

  @Test
  void aLimitOfZeroIsNeverGranted() {
    Standing standing = store.check(RUN, List.of(limit("k", 0)), NOON, false).getFirst();

    assertThat(standing.granted()).isFalse();
    assertThat(standing.freeAt()).isNull();
  }

  @Test
  void aTallyCountsAndIsNeverRefused() {
    Claim.Limit tally = Claim.Limit.tally("restart pod/a");
    for (int i = 0; i < 3; i++) {
      assertThat(store.reserve(RUN, intent("i" + i, NOON), List.of(tally)).getFirst().granted())
          .isTrue();
    }

    assertThat(used("restart pod/a", NOON)).isEqualTo(3);
  }

  @Test
  void claimsOfOneKeyCountOnce() {
    store.reserve(RUN, intent("i1", NOON), List.of(limit("k", 5), limit("k", 3)));

    assertThat(used("k", NOON)).isEqualTo(1);
  }

  @Test
  void aUnitIsGivenBackOnlyWhereCertainlyNothingHappened() {
    for (String id : List.of("nothing", "perhaps", "done")) {
      store.reserve(RUN, intent(id, NOON), List.of(limit(id, 1), limit("all", 9)));
    }
    store.finish(RUN, finished("nothing", NOON, failed(true)), List.of());
    store.finish(RUN, finished("perhaps", NOON, failed(false)), List.of());
    store.finish(RUN, finished("done", NOON, new ActionResult.Done(Value.NULL, false)), List.of());

    assertThat(used("nothing", NOON)).isZero();
    assertThat(used("perhaps", NOON)).isEqualTo(1);
    assertThat(used("done", NOON)).isEqualTo(1);
    assertThat(used("all", NOON)).isEqualTo(2);
  }

  @Test
  void ofManyThreadsExactlyAsManyGetAUnitAsThereAre() throws Exception {
    int limit = 13;
    List<Integer> granted =
        together(
            8,
            thread -> {
              RunId run = new RunId("thread-" + thread);
              store.open(opened(run.value(), "pod/" + thread));
              store.claim(run);
              int count = 0;
              for (int i = 0; i < 5; i++) {
                Event.ChangeIntended intent = intent(run + "-" + i, NOON);
                // two keys in different order, so that careless locking would deadlock
                List<Claim> claims =
                    thread % 2 == 0
                        ? List.of(limit("shared", limit), limit("wide", 100))
                        : List.of(limit("wide", 100), limit("shared", limit));
                boolean all =
                    store.reserve(run, intent, claims).stream().allMatch(Standing::granted);
                count += all ? 1 : 0;
              }
              return count;
            });

    assertThat(granted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(limit);
    assertThat(used("shared", NOON)).isEqualTo(limit);
  }

  @Test
  void aLockIsHeldUntilTheRunEnds() {
    assertThat(store.check(RUN, List.of(lock("l")), NOON, true).getFirst().granted()).isTrue();

    Standing other = store.check(OTHER, List.of(lock("l")), NOON, true).getFirst();
    assertThat(other.granted()).isFalse();
    assertThat(other.holder()).isEqualTo(RUN);
    assertThat(store.check(RUN, List.of(lock("l")), NOON, true).getFirst().granted()).isTrue();
    assertThat(store.reserve(OTHER, intent("o", NOON), List.of(lock("l"))).getFirst().granted())
        .isFalse();

    store.close(RUN, List.of());

    assertThat(store.check(OTHER, List.of(lock("l")), NOON, true).getFirst().granted()).isTrue();
  }

  @Test
  void lookingTakesNoLock() {
    store.check(RUN, List.of(lock("l")), NOON, false);

    assertThat(store.check(OTHER, List.of(lock("l")), NOON, true).getFirst().granted()).isTrue();
  }

  @Test
  void locksAreTakenAllOrNone() {
    store.check(OTHER, List.of(lock("b")), NOON, true);

    List<Standing> standings = store.check(RUN, List.of(lock("a"), lock("b")), NOON, true);

    assertThat(standings).extracting(Standing::granted).containsExactly(true, false);
    assertThat(store.check(OTHER, List.of(lock("a")), NOON, true).getFirst().granted()).isTrue();
  }

  @Test
  void ofManyThatWantALockOneGetsIt() throws Exception {
    List<Boolean> granted =
        together(
            8,
            thread -> {
              RunId run = new RunId("thread-" + thread);
              store.open(opened(run.value(), "pod/" + thread));
              store.claim(run);
              List<Claim> claims =
                  thread % 2 == 0 ? List.of(lock("a"), lock("b")) : List.of(lock("b"), lock("a"));
              return store.check(run, claims, NOON, true).stream().allMatch(Standing::granted);
            });

    assertThat(granted).containsOnlyOnce(true);
  }

  @Test
  void aNoticeOfTheSameKeyIsKnownUntilItsTimeIsOver() {
    assertThat(store.noticeSent("k", NOON, DAY)).isFalse();
    store.recordNotice("k", NOON);

    assertThat(store.noticeSent("k", NOON.plus(DAY).minusMillis(1), DAY)).isTrue();
    assertThat(store.noticeSent("k", NOON.plus(DAY), DAY)).isFalse();
    store.recordNotice("k", NOON.plus(DAY));
    assertThat(store.noticeSent("k", NOON.plus(DAY), DAY)).isTrue();
  }

  private boolean granted(String key, Instant now) {
    return granted(key, 1, now);
  }

  private boolean granted(String key, int limit, Instant now) {
    return store.check(RUN, List.of(limit(key, limit)), now, false).getFirst().granted();
  }

  private int used(String key, Instant now) {
    return store.check(RUN, List.of(limit(key, 1)), now, false).getFirst().used();
  }

  private static Claim limit(String key, int limit) {
    return new Claim.Limit("guardrail", key, limit, DAY);
  }

  private static Claim lock(String key) {
    return new Claim.Lock("guardrail", key, Duration.ZERO, false);
  }

  private interface Job<T> {
    T run(int thread) throws Exception;
  }

  private static <T> List<T> together(int threads, Job<T> job) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<T>> jobs = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        jobs.add(
            () -> {
              start.await();
              return job.run(thread);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(jobs)) {
        results.add(future.get());
      }
      return results;
    }
  }
}
