package io.byteport.engine.journal;

class EmbeddedStoreCareTest extends StoreCareContract {
  @Override
  SqlRunStore fresh() {
    return SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
  }
}
