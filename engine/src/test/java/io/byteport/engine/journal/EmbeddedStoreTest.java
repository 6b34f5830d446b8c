package io.byteport.engine.journal;

class EmbeddedStoreTest extends RunStoreContract {
  @Override
  SqlRunStore fresh() {
    return SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
  }
}
