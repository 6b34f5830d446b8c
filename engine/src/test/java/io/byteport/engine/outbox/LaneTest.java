package io.byteport.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.channel.Message;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreException;
import io.byteport.engine.run.SystemTimers;
import io.byteport.engine.run.VirtualTimers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels that are slow, on real threads, and a store that is away at the wrong moment. */
@Timeout(120)
class LaneTest {
  private static final CourierSettings QUICK =
      new CourierSettings(
          3,
          Duration.ofMinutes(1),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofHours(24));

  private final SqlRunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
  private final SystemTimers timers = new SystemTimers(InstantSource.system());
  private final Recorder slow = new Recorder();
  private final Recorder quick = new Recorder();
  private final Map<String, Recorder> channels = Map.of("slow", slow, "quick", quick);

  @AfterEach
  void close() {
    timers.close();
    store.close();
  }

  private Post post(CourierSettings settings) {
    Post post = new Post(store, store.outbox(), timers, Redactor.SHAPES_ONLY, settings, channels);
    post.courier.start();
    return post;
  }

  @Test
  void a_slow_channel_is_sent_a_few_at_a_time_and_holds_up_no_other() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    slow.mood =
        message -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          open.await();
          inside.decrementAndGet();
          return null;
        };
    Post post = post(QUICK);
    for (int i = 0; i < 20; i++) {
      post.say("pod/" + i, "message " + i);
    }
    await(() -> quick.taken.size() == 20);
    await(() -> inside.get() == 3);
    assertThat(slow.taken).isEmpty();

    open.countDown();
    await(() -> slow.taken.size() == 20);
    assertThat(most).hasValue(3);
    post.courier.close();
  }

  @Test
  void an_attempt_without_an_answer_is_broken_off_and_made_again() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    slow.mood =
        message -> {
          if (attempts.incrementAndGet() == 1) {
            new CountDownLatch(1).await();
          }
          return null;
        };
    CourierSettings impatient =
        new CourierSettings(
            3,
            Duration.ofMillis(100),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofHours(24));
    Post post = post(impatient);
    post.say("pod/a", "one");

    await(() -> slow.taken.size() == 1);
    assertThat(slow.asked).hasSize(2);
    post.courier.close();
  }

  @Test
  void closing_waits_for_what_is_being_sent() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    slow.mood =
        message -> {
          inside.countDown();
          open.await();
          return null;
        };
    Post post = post(QUICK);
    post.say("pod/a", "one");
    post.say("pod/a", "two");
    assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
    Thread closing = Thread.ofVirtual().start(post.courier::close);
    open.countDown();
    assertThat(closing.join(Duration.ofSeconds(60))).isTrue();

    assertThat(slow.titles().getFirst()).isEqualTo("one");
    assertThat(store.outbox().load("slow").waiting()).isEqualTo(2 - slow.taken.size());
  }

  @Test
  void what_was_sent_while_the_store_was_away_is_not_sent_again() {
    VirtualTimers virtual = new VirtualTimers(Instant.parse("2026-03-01T12:00:00Z"));
    AtomicBoolean away = new AtomicBoolean();
    Recorder mail = new Recorder();
    mail.mood =
        message -> {
          away.set(true);
          return null;
        };
    Post post =
        new Post(
            store,
            failing(away),
            virtual,
            Redactor.SHAPES_ONLY,
            CourierSettings.DEFAULT,
            Map.of("mail", mail));
    post.courier.start();
    post.say("pod/a", "one");
    virtual.advanceTo(virtual.clock().instant().plus(Duration.ofMinutes(10)));
    assertThat(store.outbox().load("mail").waiting()).isEqualTo(1);
    away.set(false);
    virtual.advanceTo(virtual.clock().instant().plus(Duration.ofMinutes(1)));

    assertThat(mail.taken).extracting(Message::run).hasSize(1);
    assertThat(store.outbox().load("mail").waiting()).isZero();
  }

  private Outbox failing(AtomicBoolean away) {
    return (Outbox)
        Proxy.newProxyInstance(
            LaneTest.class.getClassLoader(),
            new Class<?>[] {Outbox.class},
            (proxy, method, arguments) -> {
              if (away.get()) {
                throw new StoreException("the disk is full");
              }
              try {
                return method.invoke(store.outbox(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it takes too long").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
