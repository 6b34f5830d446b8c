package io.byteport.engine.journal;

import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The ledger within this process. */
class EmbeddedLedgerTest extends LedgerContract {

  @Override
  LedgerPlay.Replicas fresh() {
    return alone(SqlRunStore.inMemory(Redactor.SHAPES_ONLY));
  }

  @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
  void the_ledger_says_and_does_what_its_model_does(@ForAll("moves") List<LedgerMove> moves) {
    play(moves);
  }
}
