package io.byteport.engine.journal;

class PostgresStoreCareTest extends StoreCareContract {
  @Override
  SqlRunStore fresh() {
    return SqlRunStore.shared(Postgres.freshDatabase(), Redactor.SHAPES_ONLY, "care");
  }
}
