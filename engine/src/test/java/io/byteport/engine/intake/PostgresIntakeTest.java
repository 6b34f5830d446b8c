package io.byteport.engine.intake;

import io.byteport.engine.journal.Postgres;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;

class PostgresIntakeTest extends IntakeContract {
  private final StoreAddress address = Postgres.freshDatabase();

  @Override
  SqlRunStore fresh() {
    return Postgres.trusting(address, "first");
  }
}
