package io.byteport.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private final SqlRunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  @AfterEach
  void close() {
    store.close();
  }

  private Lease lease(Duration length) {
    return new Lease(
        store.transactions(), "me", length, nanos::get, new LedgerTime(null, Duration.ZERO));
  }

  @Test
  void it_is_held_for_three_quarters_of_its_length_after_it_was_asked_for() {
    Lease lease = lease(Duration.ofSeconds(60));
    assertThat(lease.isHeld()).isFalse();
    lease.renew();
    nanos.addAndGet(Duration.ofSeconds(45).toNanos() - 1);
    assertThat(lease.isHeld()).isTrue();
    nanos.incrementAndGet();

    assertThat(lease.isHeld()).isFalse();
    lease.renew();
    assertThat(lease.isHeld()).isTrue();
    lease.giveUp();
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void where_nobody_else_can_take_anything_over_it_never_ends() {
    Lease lease = lease(Duration.ZERO);
    nanos.addAndGet(Duration.ofDays(9).toNanos());

    assertThat(lease.isHeld()).isTrue();
  }
}
