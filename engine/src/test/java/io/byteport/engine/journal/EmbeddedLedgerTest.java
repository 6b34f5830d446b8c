package io.byteport.engine.journal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The ledger within this process. */
class EmbeddedLedgerTest extends LedgerContract {

  @Override
  LedgerPlay.Replicas fresh() {
    AtomicLong nanos = new AtomicLong();
    LedgerTime time = new LedgerTime(new Ticks(nanos::get, null), Duration.ZERO);
    return alone(SqlRunStore.inMemory(Redactor.SHAPES_ONLY, time), nanos);
  }

  @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
  void the_ledger_says_and_does_what_its_model_does(@ForAll("moves") List<LedgerMove> moves) {
    play(moves);
  }
}
