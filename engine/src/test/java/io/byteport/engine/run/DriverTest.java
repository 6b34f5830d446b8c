package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.outbox.Dispatch;
import io.byteport.engine.outbox.Told;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunId RUN = new RunId("run-1");
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final RunPlan PLAN =
      RunPlan.of(Autonomy.ACT, "ill", List.of(), null, "text of the runbook");

  private final SqlRunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
  private final World world = new World();
  private final VirtualTimers timers = new VirtualTimers(NOON);
  private final List<JournalEntry> heard = new CopyOnWriteArrayList<>();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private Channel channel = message -> sent.add(message.notice().title());
  private SignalSink handOffs = signal -> Optional.empty();

  @AfterEach
  void close() {
    told.forEach(Told::close);
    store.close();
  }

  @Test
  void aRunIsPlayedToItsEnd() {
    Driver driver = driver(RepairCourse::before);
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(report(driver, RUN).result()).isEqualTo(RunResult.RESOLVED);
    assertThat(world.restarts).hasValue(1);
    assertThat(kinds(store.entries(RUN)))
        .containsExactly(
            "Opened",
            "Observed",
            "GuardrailsChecked",
            "ChangeIntended",
            "ChangeFinished",
            "SettleChecked",
            "TimeReached",
            "Observed",
            "Finished");
    assertThat(sent).containsExactly("end resolved");
    assertThat(store.undelivered()).isEmpty();
  }

  @Test
  void listenersHearWhatIsInTheJournalInItsOrder() {
    Driver driver = driver(RepairCourse::before);
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(heard).isEqualTo(store.entries(RUN));
  }

  @Test
  void theIntentIsOnDiskBeforeTheChangeIsMade() {
    List<String> before = new ArrayList<>();
    world.beforeRestart = () -> before.addAll(kinds(store.entries(RUN)));
    driver(RepairCourse::before).start(opened("run-1", "svc/api"));
    play();

    assertThat(before).endsWith("ChangeIntended").doesNotContain("ChangeFinished");
    Event.ChangeIntended intent = first(Event.ChangeIntended.class);
    assertThat(intent.command()).isEqualTo("restart api 'it'\\''s so'");
    assertThat(intent.memo().get("before")).isEqualTo(Value.of(0.0));
    assertThat(intent.standings()).allMatch(standing -> standing.granted()).hasSize(2);
  }

  @Test
  void aSecondRunAboutTheSameTargetJoinsTheFirst() {
    Driver driver = driver(RepairCourse::before);
    assertThat(driver.start(opened("run-1", "svc/api"))).isEqualTo(RUN);
    assertThat(driver.start(opened("run-2", "svc/api"))).isEqualTo(RUN);
    play();

    assertThat(store.runs(10)).hasSize(1);
  }

  @Test
  void aRunbookThatCannotBeReadOpensNoRun() {
    Event.Opened opened = RepairCourse.opened("run-1", "svc/api", NOON);
    Event.Opened broken =
        new Event.Opened(
            NOON,
            RUN,
            "repair",
            "1",
            "broken",
            Mode.LIVE,
            opened.signal(),
            StructValue.EMPTY,
            StructValue.EMPTY,
            StructValue.EMPTY,
            "svc/api");

    assertThatThrownBy(() -> driver(RepairCourse::before).start(broken))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.runs(10)).isEmpty();
  }

  @Test
  void inADryRunNoChangeIsMadeEvenIfOneIsAskedFor() {
    Driver driver = driver(RepairCourse::before);
    driver.start(RepairCourse.opened("run-1", "svc/api", NOON, Mode.DRY_RUN));
    play();

    assertThat(world.restarts).hasValue(0);
    assertThat(report(driver, RUN).reason()).isEqualTo("this is a dry run: nothing is changed");
    assertThat(kinds(store.entries(RUN))).doesNotContain("ChangeIntended");
  }

  @Test
  void aLimitThatIsUsedUpRefusesTheChange() {
    Driver driver = driver(RepairCourse::before);
    driver.start(opened("run-1", "svc/api"));
    play();
    driver.start(opened("run-2", "svc/api"));
    play();

    assertThat(report(driver, new RunId("run-2")).reason()).isEqualTo("refused");
    assertThat(world.restarts).hasValue(1);
  }

  @Test
  void aLimitThatIsUsedUpAtTheLastMomentRefusesTheChange() {
    Driver driver = driver(RepairCourse::before);
    world.onPrepare =
        () -> {
          store.open(RepairCourse.opened("run-0", "svc/other", NOON));
          store.reserve(
              new RunId("run-0"),
              new Event.ChangeIntended(
                  NOON,
                  new IntentId("other"),
                  "s",
                  "test.restart",
                  StructValue.EMPTY,
                  StructValue.EMPTY,
                  "",
                  List.of()),
              List.of(RepairCourse.LIMIT));
        };
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(report(driver, RUN).reason()).isEqualTo("refused at the last moment");
    assertThat(world.restarts).hasValue(0);
    assertThat(kinds(store.entries(RUN)))
        .contains("ChangeRefused")
        .doesNotContain("ChangeIntended");
  }

  @Test
  void whatCannotBePreparedIsNotIntended() {
    world.onPrepare =
        () -> {
          throw ActionException.refused(FailureKind.FORBIDDEN, "no rights");
        };
    Driver driver = driver(RepairCourse::before);
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(report(driver, RUN).reason()).isEqualTo("no rights");
    assertThat(first(Event.ChangeNotPrepared.class).failure().certainlyNothing()).isTrue();
    assertThat(kinds(store.entries(RUN))).doesNotContain("ChangeIntended");
  }

  @Test
  void aRefusedChangeGivesItsUnitBackAndAFailedOneDoesNot() {
    world.beforeRestart =
        () -> {
          throw ActionException.refused(FailureKind.REFUSED, "budget");
        };
    Driver driver = driver(RepairCourse::before);
    driver.start(opened("run-1", "svc/api"));
    play();
    assertThat(used()).isZero();

    world.beforeRestart =
        () -> {
          throw World.lost();
        };
    driver.start(opened("run-2", "svc/api"));
    world.probe = Action.Probe.UNKNOWN;
    play();
    assertThat(used()).isEqualTo(1);
  }

  @Test
  void afterALostAnswerTheWorldIsAskedAndTheChangeIsNotRepeated() {
    world.repeatable = true;
    world.afterRestart =
        () -> {
          throw World.lost();
        };
    Driver driver = driver(RepairCourse::before);
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(report(driver, RUN).result()).isEqualTo(RunResult.RESOLVED);
    assertThat(world.restarts).hasValue(1);
    assertThat(world.probes).hasValue(1);
  }

  @Test
  void aChangeThatWasTriedIsNotRepeatedAlsoWhereItDidNotTakeEffect() {
    world.repeatable = true;
    world.beforeRestart =
        () -> {
          throw World.lost();
        };
    Driver driver = driver(RepairCourse::before);
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(report(driver, RUN).reason()).isEqualTo("connection reset; it did not take effect");
    assertThat(world.restarts).hasValue(0);
    assertThat(used()).isZero();
  }

  @Test
  void aChangeThatWasNotAnsweredInTimeMayStillTakeEffectAndCounts() {
    world.beforeRestart =
        () -> {
          throw new ActionException(
              FailureKind.TIMEOUT, ActionException.Effect.UNKNOWN, "no answer", null);
        };
    Driver driver = driver(RepairCourse::before);
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(report(driver, RUN).reason())
        .isEqualTo("no answer; it has not taken effect so far, and still may");
    assertThat(world.restarts).hasValue(0);
    assertThat(used()).isEqualTo(1);
  }

  @Test
  void aDefectOfAnActionIsAFailureOfThatActionAlone() {
    world.onLook =
        () -> {
          throw new IllegalStateException("token=abcdef password=hunter22");
        };
    Driver driver = driver(lookOnce(RepairCourse.API));
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(first(Event.Observed.class).observations().getFirst().result())
        .isEqualTo(
            new ActionResult.Failed(
                FailureKind.INTERNAL,
                "IllegalStateException: token=abcdef password=[redacted]",
                false,
                null));
  }

  @Test
  void whatIsReadIsRedactedBeforeAnybodySeesIt() {
    Driver driver = driver(lookOnce(RepairCourse.API));
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(heard.toString()).contains("password=[redacted]").doesNotContain("hunter22");
  }

  @Test
  void aFinderThatFindsNothingYieldsNull() {
    Driver driver = driver(lookOnce(new StructValue(Map.of("service", Value.of("nothing")))));
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(first(Event.Observed.class).observations().getFirst().result())
        .isEqualTo(new ActionResult.Done(Value.NULL, false));
  }

  @Test
  void inputsThatDoNotFitAndActionsThatDoNotExistAreFailures() {
    StructValue wrong = new StructValue(Map.of("service", Value.of(true)));
    Driver driver =
        driver(
            once(
                new Command.Read(
                    List.of(
                        new Command.ReadCall("a", "test.look", wrong, TIMEOUT),
                        new Command.ReadCall("b", "test.none", RepairCourse.API, TIMEOUT),
                        new Command.ReadCall("c", "test.restart", RepairCourse.API, TIMEOUT)))));
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(first(Event.Observed.class).observations())
        .extracting(observation -> ((ActionResult.Failed) observation.result()).reason())
        .containsExactly(
            "`service` must be text, but is true",
            "no adapter has the action `test.none`",
            "`test.restart` does not read");
  }

  @Test
  void independentReadsRunAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(3);
    world.onLook =
        () -> {
          try {
            together.await(10, TimeUnit.SECONDS);
          } catch (java.util.concurrent.BrokenBarrierException
              | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
          }
        };
    List<Command.ReadCall> calls = new ArrayList<>();
    for (String read : List.of("a", "b", "c")) {
      calls.add(new Command.ReadCall(read, "test.look", RepairCourse.API, Duration.ofSeconds(20)));
    }
    Driver driver = driver(once(new Command.Read(calls)));
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(first(Event.Observed.class).observations())
        .extracting(Event.Observation::read)
        .containsExactly("a", "b", "c");
    assertThat(first(Event.Observed.class).observations())
        .allMatch(observation -> observation.result() instanceof ActionResult.Done);
  }

  @Test
  void aReadThatTakesTooLongIsInterrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    world.onLook =
        () -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
        };
    Driver driver = driver(once(look(Duration.ofMillis(50))));
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(first(Event.Observed.class).observations().getFirst().result())
        .isEqualTo(
            new ActionResult.Failed(FailureKind.TIMEOUT, "no answer within 50ms", false, null));
    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anActionThatIgnoresInterruptsDoesNotHoldUpItsRun() {
    AtomicBoolean end = new AtomicBoolean();
    world.onLook = () -> deaf(end);
    Driver driver = driver(once(look(Duration.ofMillis(50))));
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(report(driver, RUN).result()).isEqualTo(RunResult.RESOLVED);
    end.set(true);
  }

  @Test
  void aProbeIsNotBelievedWhileTheChangeMayStillBeMade() {
    AtomicBoolean end = new AtomicBoolean();
    world.repeatable = true;
    world.beforeRestart = () -> deaf(end);
    Driver driver =
        driver(
            ScriptCourse.of(
                events ->
                    switch (events.getLast()) {
                      case Event.ChangeFinished finished ->
                          finished.recovered()
                              ? end(RunResult.ESCALATED)
                              : new Command.Resolve(
                                  first(Event.ChangeIntended.class), Duration.ofMinutes(1));
                      // the time may be over before the change is prepared: then once more
                      default ->
                          new Command.Change(
                              "restart",
                              "test.restart",
                              RepairCourse.API,
                              Duration.ofMillis(50),
                              List.of());
                    }));
    driver.start(opened("run-1", "svc/api"));
    play();

    Event.ChangeFinished last = all(Event.ChangeFinished.class).getLast();
    assertThat(last.recovered()).isTrue();
    assertThat(((ActionResult.Failed) last.result()).certainlyNothing()).isFalse();
    assertThat(world.restarts).hasValue(0);
    end.set(true);
  }

  @Test
  void aChangeIsLookedAtUntilItHasSettled() {
    world.settled = false;
    Driver driver = driver(RepairCourse::before);
    driver.start(opened("run-1", "svc/api"));
    timers.advanceTo(NOON.plusSeconds(25));
    world.settled = true;
    play();

    assertThat(report(driver, RUN).result()).isEqualTo(RunResult.RESOLVED);
    assertThat(all(Event.SettleChecked.class))
        .extracting(Event.SettleChecked::settled)
        .containsExactly(false, false, false, true);
  }

  @Test
  void aChangeThatDoesNotSettleInItsTimeHasFailed() {
    world.settled = false;
    Driver driver = driver(RepairCourse::before);
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(report(driver, RUN).reason()).isEqualTo("it is not complete after 1m");
    assertThat(timers.clock().instant()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void whileNobodyKnowsWhetherAChangeHasSettledItIsLookedAtAgain() {
    world.onSettled =
        () -> {
          if (timers.clock().instant().isBefore(NOON.plusSeconds(20))) {
            throw World.lost();
          }
        };
    Driver driver = driver(RepairCourse::before);
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(report(driver, RUN).result()).isEqualTo(RunResult.RESOLVED);
  }

  @Test
  void aCommandIsPrintedWithoutTouchingTheWorld() {
    Driver driver = driver(once(new Command.Plan("restart", "test.restart", RepairCourse.API)));
    driver.start(RepairCourse.opened("run-1", "svc/api", NOON, Mode.DRY_RUN));
    play();

    assertThat(first(Event.Planned.class).command()).isEqualTo("restart api 'it'\\''s so'");
    assertThat(world.restarts).hasValue(0);
  }

  @Test
  void aWaitHoldsNoThreadAndEndsWhenItsTimeHasCome() {
    Driver driver = driver(once(new Command.Wait(NOON.plus(Duration.ofDays(2)))));
    driver.start(opened("run-1", "svc/api"));
    timers.settle(); // returns: nobody is waiting in it

    assertThat(timers.next()).contains(NOON.plus(Duration.ofDays(2)));
    timers.advanceTo(NOON.plus(Duration.ofDays(2)).minusMillis(1));
    assertThat(all(Event.TimeReached.class)).isEmpty();
    play();
    assertThat(first(Event.TimeReached.class).at()).isEqualTo(NOON.plus(Duration.ofDays(2)));
  }

  @Test
  void manyWaitingRunsHoldNoThreads() throws Exception {
    try (SystemTimers real = new SystemTimers(InstantSource.system())) {
      Instant start = real.clock().instant();
      AtomicInteger atWork = new AtomicInteger();
      CountDownLatch waiting = new CountDownLatch(50);
      Timers counting =
          new Timers() {
            @Override
            public InstantSource clock() {
              return real.clock();
            }

            @Override
            public void execute(Runnable work) {
              atWork.incrementAndGet();
              real.execute(
                  () -> {
                    work.run();
                    atWork.decrementAndGet();
                  });
            }

            @Override
            public Timer at(Instant when, Runnable work) {
              waiting.countDown();
              return real.at(when, work);
            }

            @Override
            public void close() {}
          };
      Command wait = new Command.Wait(start.plus(Duration.ofDays(1)));
      Driver driver = new Driver(parts(ScriptCourse.of(events -> wait), counting));
      for (int i = 0; i < 50; i++) {
        driver.start(RepairCourse.opened("run-" + i, "svc/" + i, start));
      }
      assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 100 && atWork.get() > 0; i++) {
        new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
      }
      assertThat(atWork).hasValue(0);
      driver.close();
      assertThat(store.unfinished()).hasSize(50);
    }
  }

  @Test
  void aHumanIsAskedAndTheAnswerCounts() {
    Driver driver = driver(asking());
    driver.start(opened("run-1", "svc/api"));
    assertThat(driver.approve(RUN, "human", true, "somebody")).as("not asked yet").isFalse();
    timers.settle();

    assertThat(driver.approve(RUN, "other", true, "somebody")).isFalse();
    assertThat(driver.approve(RUN, "human", true, "somebody")).isTrue();
    play();

    assertThat(report(driver, RUN).result()).isEqualTo(RunResult.RESOLVED);
    assertThat(first(Event.Approved.class).by()).isEqualTo("somebody");
    assertThat(driver.approve(RUN, "human", true, "somebody")).as("over").isFalse();
  }

  @Test
  void aRunThatMayNotActMakesNoChangeEvenIfOneIsAskedFor() {
    Driver driver = driver(RepairCourse::before);
    driver.start(RepairCourse.opened("run-1", "svc/api", NOON).under(Policy.of(Autonomy.PROPOSE)));
    play();

    assertThat(world.restarts).hasValue(0);
    assertThat(report(driver, RUN).reason()).isEqualTo("autonomy is `propose`: nothing is changed");
    assertThat(kinds(store.entries(RUN))).doesNotContain("ChangeIntended");
    assertThat(first(Event.Opened.class).policy()).isEqualTo(Policy.of(Autonomy.PROPOSE));
  }

  @Test
  void aQuestionThatNobodyAnswersEndsInTime() {
    Driver driver = driver(asking());
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(report(driver, RUN).result()).isEqualTo(RunResult.ESCALATED);
    assertThat(timers.clock().instant()).isEqualTo(NOON.plusSeconds(1800));
  }

  @Test
  void aSecondAnswerIsIgnored() {
    Driver driver =
        driver(
            ScriptCourse.of(
                events ->
                    events.getLast() instanceof Event.Approved
                        ? new Command.Wait(NOON.plusSeconds(60))
                        : events.getLast() instanceof Event.TimeReached
                            ? end(RunResult.RESOLVED)
                            : new Command.Ask(
                                "human", "may I?", NOON.plusSeconds(1800), PLAN, List.of())));
    driver.start(opened("run-1", "svc/api"));
    timers.settle();
    assertThat(driver.approve(RUN, "human", true, "one")).isTrue();
    assertThat(driver.approve(RUN, "human", false, "two")).isTrue();
    play();

    assertThat(all(Event.Approved.class)).extracting(Event.Approved::by).containsExactly("one");
  }

  @Test
  void aSignalThatClearsReachesARunThatWaits() {
    Driver driver =
        driver(
            ScriptCourse.of(
                events ->
                    events.getLast() instanceof Event.SignalChanged
                        ? end(RunResult.RESOLVED)
                        : new Command.Wait(NOON.plus(Duration.ofHours(1)))));
    driver.start(opened("run-1", "svc/api"));
    timers.settle();

    assertThat(driver.signalChanged(RUN, Signal.Status.RESOLVED)).isTrue();
    timers.settle();

    assertThat(report(driver, RUN).result()).isEqualTo(RunResult.RESOLVED);
    assertThat(timers.next()).as("the wait is forgotten").isEmpty();
    assertThat(driver.signalChanged(RUN, Signal.Status.FIRING)).isFalse();
  }

  @Test
  void anEventInBetweenDoesNotRestartAWait() {
    Driver driver =
        driver(
            ScriptCourse.of(
                events ->
                    events.getLast() instanceof Event.TimeReached
                        ? end(RunResult.RESOLVED)
                        : new Command.Wait(NOON.plusSeconds(60))));
    driver.start(opened("run-1", "svc/api"));
    timers.advanceTo(NOON.plusSeconds(30));
    driver.signalChanged(RUN, Signal.Status.RESOLVED);
    play();

    assertThat(first(Event.TimeReached.class).at()).isEqualTo(NOON.plusSeconds(60));
    assertThat(all(Event.TimeReached.class)).hasSize(1);
  }

  @Test
  void aHandOffIsWaitedForUntilTheOtherRunEnds() {
    Command.HandOff handOff =
        new Command.HandOff("handOff", "deeper", Map.of("a", "b"), NOON.plus(Duration.ofHours(1)));
    Course.Beginning courses =
        opened ->
            opened.run().equals(RUN)
                ? new ScriptCourse(
                    List.of(),
                    events ->
                        events.getLast() instanceof Event.HandOffEnded
                            ? end(RunResult.RESOLVED)
                            : handOff)
                : new ScriptCourse(
                    List.of(),
                    events ->
                        events.getLast() instanceof Event.TimeReached
                            ? end(RunResult.RESOLVED)
                            : new Command.Wait(NOON.plusSeconds(90)));
    List<Signal> signals = new ArrayList<>();
    Driver[] driver = new Driver[1];
    handOffs =
        signal -> {
          signals.add(signal);
          return Optional.of(driver[0].start(opened("run-2", "svc/deeper")));
        };
    driver[0] = driver(courses);
    driver[0].start(opened("run-1", "svc/api"));
    play();

    assertThat(first(Event.HandOffEnded.class))
        .isEqualTo(
            new Event.HandOffEnded(
                NOON.plusSeconds(90),
                "handOff",
                new RunId("run-2"),
                RunResult.RESOLVED,
                "said so"));
    assertThat(signals).singleElement().satisfies(s -> assertThat(s.type()).isEqualTo("deeper"));
    assertThat(signals.getFirst().labels()).containsEntry("a", "b");
  }

  @Test
  void aHandOffThatNobodyTakesIsOverAtOnce() {
    Driver driver =
        driver(once(new Command.HandOff("h", "unknown", Map.of(), NOON.plusSeconds(60))));
    driver.start(opened("run-1", "svc/api"));
    timers.settle();

    assertThat(first(Event.HandOffEnded.class).reason())
        .isEqualTo("no runbook takes the signal `unknown`");
  }

  @Test
  void aHandOffThatEndsARunIsMadeWhenItsTargetIsFree() {
    RunReport.HandOff handOff = new RunReport.HandOff("next", Map.of("k", "v"));
    List<String> open = new ArrayList<>();
    handOffs =
        signal -> {
          open.add(signal.type() + " " + store.openRun(Mode.LIVE, "svc/api").isPresent());
          return Optional.empty();
        };
    Driver driver = driver(ScriptCourse.of(events -> end(RunResult.HANDED_OFF, handOff)));
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(open).containsExactly("next false");
  }

  @Test
  void aNoticeThatCannotBeSentIsSentLater() {
    int[] failures = {3};
    channel =
        message -> {
          if (failures[0]-- > 0) {
            throw ChannelException.later("the channel is down", null, null);
          }
          sent.add(message.notice().title());
        };
    Driver driver = driver(ScriptCourse.of(events -> end(RunResult.ESCALATED)));
    driver.start(opened("run-1", "svc/api"));
    timers.settle();
    assertThat(waiting()).isEqualTo(1);
    play();

    assertThat(sent).containsExactly("end escalated");
    assertThat(waiting()).isZero();
    assertThat(timers.clock().instant()).isEqualTo(NOON.plusMillis(500 + 1000 + 2000));
  }

  @Test
  void aDefectInOneChannelHoldsUpNoOther() {
    List<String> attempts = new ArrayList<>();
    Channel broken =
        message -> {
          attempts.add(message.notice().title());
          throw new IllegalStateException("broken");
        };
    Told both =
        new Told(
            store.outbox(),
            timers,
            Map.of("broken", broken, "well", message -> sent.add(message.notice().title())));
    told.add(both);
    Driver driver =
        new Driver(
            new DriverParts(
                store,
                world.registry(),
                ScriptCourse.of(events -> end(RunResult.ESCALATED)),
                timers,
                new TestIds("t"),
                Redactor.SHAPES_ONLY,
                handOffs,
                List.of(),
                both.dispatch()));
    driver.start(opened("run-1", "svc/api"));
    timers.advanceTo(NOON.plusSeconds(60));

    assertThat(sent).containsExactly("end escalated");
    assertThat(attempts).hasSizeGreaterThan(2);
    assertThat(store.outbox().load("broken").waiting()).isEqualTo(1);
    assertThat(store.outbox().load("broken").error()).isEqualTo("broken");
  }

  @Test
  void whoWaitsForTheEndOfARunFindsItsReportDelivered() {
    Driver driver = driver(ScriptCourse.of(events -> end(RunResult.ESCALATED)));
    driver.start(opened("run-1", "svc/api"));
    List<Boolean> delivered = new ArrayList<>();
    driver.done(RUN).thenAccept(report -> delivered.add(store.undelivered().isEmpty()));
    timers.settle();

    assertThat(sent).containsExactly("end escalated");
    assertThat(delivered).containsExactly(true);
  }

  @Test
  void nothingIsPutAfterTheDriverWasClosedAndNothingSentAfterTheCourierWas() {
    int[] failures = {1};
    channel =
        message -> {
          if (failures[0]-- > 0) {
            throw ChannelException.later("the channel is down", null, null);
          }
          sent.add(message.notice().title());
        };
    Driver driver = driver(ScriptCourse.of(events -> end(RunResult.ESCALATED)));
    driver.start(opened("run-1", "svc/api"));
    timers.settle();
    driver.start(opened("run-2", "svc/other"));
    driver.close();
    told.forEach(Told::close);
    timers.advanceTo(NOON.plusSeconds(600));

    assertThat(sent).isEmpty();
    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  void aReportThatWasNotDeliveredIsDeliveredAfterARestart() {
    channel =
        message -> {
          throw ChannelException.later("the channel is down", null, null);
        };
    Driver first = driver(ScriptCourse.of(events -> end(RunResult.ESCALATED)));
    first.start(opened("run-1", "svc/api"));
    timers.settle();
    first.close();
    timers.close();

    channel = message -> sent.add(message.notice().title());
    VirtualTimers later = new VirtualTimers(NOON.plusSeconds(60));
    new Driver(parts(ScriptCourse.of(events -> end(RunResult.ESCALATED)), later)).recover();
    later.settle();

    assertThat(sent).containsExactly("end escalated");
    assertThat(store.undelivered()).isEmpty();
  }

  @Test
  void whatWasSaidAlreadyIsNotSaidAgain() {
    Driver driver = driver(ScriptCourse.of(events -> end(RunResult.ESCALATED)));
    driver.start(opened("run-1", "svc/api"));
    play();
    driver.start(opened("run-2", "svc/api"));
    play();
    assertThat(sent).hasSize(1);

    timers.advanceTo(NOON.plus(Duration.ofHours(24)));
    driver.start(opened("run-3", "svc/api"));
    play();
    assertThat(sent).hasSize(2);
  }

  @Test
  void aDefectInACourseEndsTheRunAndCallsAHuman() {
    Driver driver =
        driver(
            ScriptCourse.of(
                events -> {
                  throw new IllegalStateException("impossible");
                }));
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(report(driver, RUN).result()).isEqualTo(RunResult.ESCALATED);
    assertThat(report(driver, RUN).reason()).contains("impossible");
    assertThat(sent).containsExactly("Run run-1 (repair, svc/api) broke down");
    assertThat(store.unfinished()).isEmpty();
  }

  @Test
  void aListenerThatFailsChangesNothing() {
    Driver driver =
        new Driver(
            new DriverParts(
                store,
                world.registry(),
                RepairCourse::before,
                timers,
                new TestIds("t"),
                Redactor.SHAPES_ONLY,
                handOffs,
                List.of(
                    (run, entry) -> {
                      throw new IllegalStateException("listener");
                    }),
                Dispatch.toNobody()));
    driver.start(opened("run-1", "svc/api"));
    play();

    assertThat(report(driver, RUN).result()).isEqualTo(RunResult.RESOLVED);
  }

  @Test
  void aDriverThatIsClosedInAWaitLeavesTheRunToTheNextOne() {
    Driver first = driver(RepairCourse::before);
    first.start(opened("run-1", "svc/api"));
    timers.settle();
    CompletableFuture<RunReport> done = first.done(RUN).toCompletableFuture();
    first.close();

    assertThatThrownBy(done::join)
        .isInstanceOfAny(CancellationException.class, CompletionException.class);
    assertThatThrownBy(() -> first.start(opened("run-2", "svc/b")))
        .isInstanceOf(IllegalStateException.class);
    timers.advanceTo(NOON.plusSeconds(300));
    assertThat(store.unfinished()).containsExactly(RUN);

    Driver second = driver(RepairCourse::before);
    second.recover();
    play();
    assertThat(report(second, RUN).result()).isEqualTo(RunResult.RESOLVED);
    assertThat(world.restarts).hasValue(1);
  }

  @Test
  void aRunWhoseTimeCameWhileNothingRanGoesOnAtOnce() {
    Driver first = driver(once(new Command.Wait(NOON.plusSeconds(60))));
    first.start(opened("run-1", "svc/api"));
    timers.settle();
    first.close();

    VirtualTimers later = new VirtualTimers(NOON.plus(Duration.ofHours(5)));
    new Driver(parts(once(new Command.Wait(NOON.plusSeconds(60))), later)).recover();
    later.settle();

    assertThat(first(Event.TimeReached.class))
        .isEqualTo(new Event.TimeReached(NOON.plus(Duration.ofHours(5)), NOON.plusSeconds(60)));
  }

  @Test
  void theEndOfARunThatDoesNotExistIsAFailure() {
    CompletableFuture<RunReport> done =
        driver(RepairCourse::before).done(new RunId("nobody")).toCompletableFuture();

    assertThatThrownBy(done::join).hasCauseInstanceOf(NoSuchElementException.class);
  }

  @Test
  void onTheRealClockARunEndsByItself() throws Exception {
    try (SystemTimers real = new SystemTimers(InstantSource.system())) {
      Instant start = real.clock().instant();
      Driver driver =
          new Driver(
              parts(
                  ScriptCourse.of(
                      events ->
                          switch (events.getLast()) {
                            case Event.Opened opened -> look(TIMEOUT);
                            case Event.Observed observed -> new Command.Wait(start.plusMillis(700));
                            default -> end(RunResult.RESOLVED);
                          }),
                  real));
      driver.start(RepairCourse.opened("run-1", "svc/api", start));

      RunReport report = driver.done(RUN).toCompletableFuture().get(20, TimeUnit.SECONDS);

      assertThat(report.result()).isEqualTo(RunResult.RESOLVED);
      assertThat(real.clock().instant()).isAfterOrEqualTo(start.plusMillis(700));
      driver.close();
    }
  }

  @Test
  void closingInTheMiddleOfAReadInterruptsItOrWaitsForIt() throws Exception {
    try (SystemTimers real = new SystemTimers(InstantSource.system())) {
      CountDownLatch reading = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      world.onLook =
          () -> {
            reading.countDown();
            goOn.await();
          };
      Driver driver = new Driver(parts(once(look(Duration.ofMinutes(1))), real));
      driver.start(RepairCourse.opened("run-1", "svc/api", real.clock().instant()));
      assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
      Thread closing = Thread.ofVirtual().start(driver::close);
      goOn.countDown();
      assertThat(closing.join(Duration.ofSeconds(9))).isTrue();

      assertThat(kinds(store.entries(RUN))).containsExactly("Opened", "Observed");
    }
  }

  private static void deaf(AtomicBoolean end) throws ActionException {
    while (!end.get()) {
      try {
        new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        // deaf
      }
    }
    throw World.lost();
  }

  private static Event.Opened opened(String run, String target) {
    return RepairCourse.opened(run, target, NOON);
  }

  private Driver driver(Course.Beginning courses) {
    return new Driver(parts(courses, timers));
  }

  private long waiting() {
    return store.outbox().load("all").waiting();
  }

  private DriverParts parts(Course.Beginning courses, Timers timers) {
    Told all = new Told(store.outbox(), timers, Map.of("all", message -> channel.send(message)));
    told.add(all);
    return new DriverParts(
        store,
        world.registry(),
        courses,
        timers,
        new TestIds("t"),
        Redactor.SHAPES_ONLY,
        signal -> handOffs.accept(signal),
        List.of((run, entry) -> heard.add(entry)),
        all.dispatch());
  }

  /** Wants one thing, and ends when it was answered. */
  private static Course.Beginning once(Command command) {
    return ScriptCourse.of(
        events -> events.getLast() instanceof Event.Opened ? command : end(RunResult.RESOLVED));
  }

  private static Course.Beginning lookOnce(StructValue input) {
    return once(new Command.Read(List.of(new Command.ReadCall("a", "test.look", input, TIMEOUT))));
  }

  private static Course.Beginning asking() {
    Function<List<Event>, Command> script =
        events ->
            switch (events.getLast()) {
              case Event.Approved answer ->
                  end(answer.approved() ? RunResult.RESOLVED : RunResult.SKIPPED);
              case Event.TimeReached tooLate -> end(RunResult.ESCALATED);
              default ->
                  new Command.Ask("human", "may I?", NOON.plusSeconds(1800), PLAN, List.of());
            };
    return ScriptCourse.of(script);
  }

  private static Command look(Duration timeout) {
    return new Command.Read(
        List.of(new Command.ReadCall("a", "test.look", RepairCourse.API, timeout)));
  }

  private static Command end(RunResult result) {
    return new Command.Finish(RepairCourse.report(result, "said so"));
  }

  private static Command end(RunResult result, RunReport.HandOff handOff) {
    RunReport r = RepairCourse.report(result, "said so");
    return new Command.Finish(
        new RunReport(
            r.result(),
            r.reason(),
            r.summary(),
            r.classId(),
            r.confidence(),
            r.severity(),
            r.did(),
            r.planned(),
            r.left(),
            r.stoppedBy(),
            r.unmet(),
            r.duration(),
            List.of(),
            r.postmortem(),
            handOff));
  }

  private int used() {
    return store
        .check(RUN, List.of(RepairCourse.LIMIT), timers.clock().instant(), false)
        .getFirst()
        .used();
  }

  private void play() {
    for (int steps = 0; steps < 200 && timers.advanceToNext(); steps++) {}
  }

  private static RunReport report(Driver driver, RunId run) {
    return driver.done(run).toCompletableFuture().join();
  }

  private <T> T first(Class<T> type) {
    return all(type).getFirst();
  }

  private <T> List<T> all(Class<T> type) {
    return store.entries(RUN).stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<String> kinds(List<JournalEntry> entries) {
    return entries.stream()
        .filter(entry -> !(entry instanceof Note) || entry instanceof Note.Finished)
        .map(entry -> entry.getClass().getSimpleName())
        .toList();
  }
}
