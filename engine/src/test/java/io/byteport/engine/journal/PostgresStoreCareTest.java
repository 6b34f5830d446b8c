package io.byteport.engine.journal;

class PostgresStoreCareTest extends StoreCareContract {
  @Override
  SqlRunStore fresh() {
    return Postgres.trusting(Postgres.freshDatabase(), "care");
  }
}
