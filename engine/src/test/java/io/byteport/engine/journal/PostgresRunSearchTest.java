package io.byteport.engine.journal;

class PostgresRunSearchTest extends RunSearchContract {
  @Override
  SqlRunStore fresh() {
    return Postgres.trusting(Postgres.freshDatabase(), "only");
  }
}
