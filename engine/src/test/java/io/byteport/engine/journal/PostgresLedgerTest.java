package io.byteport.engine.journal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** The ledger that two processes share, one of which may stop being heard of at any time. */
@Tag("slow")
class PostgresLedgerTest extends LedgerContract {

  @Override
  LedgerPlay.Replicas fresh() {
    return new Two(Postgres.freshDatabase());
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void the_ledger_says_and_does_what_its_model_does(@ForAll("moves") List<LedgerMove> moves) {
    play(moves);
  }

  /** Of two processes one is alive and the other one's lease is over. */
  private static final class Two implements LedgerPlay.Replicas {
    private final StoreAddress address;
    private final AtomicLong nanos = new AtomicLong();
    private SqlRunStore working;
    private SqlRunStore resting;
    private String workingName = "one";
    private String restingName = "other";

    Two(StoreAddress address) {
      this.address =
          new StoreAddress(
              address.jdbcUrl(), address.user(), address.password(), 2, Duration.ofHours(1));
      this.working = open(workingName, 0);
      this.resting = open(restingName, 5_000_000_000L);
    }

    /** Each on a machine of its own, whose steady clock counts from another moment. */
    private SqlRunStore open(String process, long ahead) {
      Ticks ticks = new Ticks(() -> nanos.get() + ahead, "boot of " + process);
      return SqlRunStore.shared(
          address, Redactor.SHAPES_ONLY, process, new LedgerTime(ticks, Duration.ZERO));
    }

    @Override
    public AtomicLong nanos() {
      return nanos;
    }

    @Override
    public SqlRunStore working() {
      return working;
    }

    @Override
    public boolean canTakeOver() {
      return true;
    }

    @Override
    public SqlRunStore takeOver() {
      SqlRunStore gone = working;
      String goneName = workingName;
      Postgres.endLease(address, goneName);
      resting.renewLease();
      working = resting;
      workingName = restingName;
      resting = gone;
      restingName = goneName;
      return gone;
    }

    @Override
    public void close() {
      working.close();
      resting.close();
    }
  }
}
