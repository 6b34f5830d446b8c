package io.byteport.engine.journal;

class PostgresRunWriterTest extends RunWriterContract {
  @Override
  StateDatabase fresh() {
    return SharedDatabase.at(Postgres.freshDatabase());
  }
}
