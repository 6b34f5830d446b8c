package io.byteport.engine.intake;

import io.byteport.engine.journal.Postgres;
import io.byteport.engine.journal.SqlRunStore;

class PostgresBurstTest extends BurstContract {
  PostgresBurstTest() {
    super(5_000, 200);
  }

  @Override
  SqlRunStore fresh() {
    return Postgres.trusting(Postgres.freshDatabase(), "first");
  }
}
