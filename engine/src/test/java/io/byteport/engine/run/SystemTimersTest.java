package io.byteport.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTimersTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
  private final SystemTimers timers = new SystemTimers(clock::get, Duration.ofMillis(10));
  private final CountDownLatch done = new CountDownLatch(1);

  @AfterEach
  void close() {
    timers.close();
  }

  @Test
  void whatIsDueIsDoneAtOnce() throws Exception {
    timers.at(NOON, done::countDown);

    assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anAlarmFollowsAClockThatIsSet() throws Exception {
    timers.at(NOON.plusSeconds(3600), done::countDown);
    assertThat(done.await(100, TimeUnit.MILLISECONDS)).isFalse();

    clock.set(NOON.minusSeconds(3600));
    assertThat(done.await(100, TimeUnit.MILLISECONDS)).isFalse();

    clock.set(NOON.plusSeconds(3600));
    assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatIsCancelledOrClosedIsNotDone() throws Exception {
    timers.at(NOON.plusMillis(50), done::countDown).cancel();
    SystemTimers closed = new SystemTimers(InstantSource.system());
    closed.close();
    closed.execute(done::countDown);
    closed.at(NOON, done::countDown);
    clock.set(NOON.plusSeconds(60));

    assertThat(done.await(100, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void workRunsOnVirtualThreads() throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();
    timers.execute(
        () -> {
          thread.set(Thread.currentThread());
          done.countDown();
        });

    assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(thread.get().isVirtual()).isTrue();
  }
}
