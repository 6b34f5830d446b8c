package io.byteport.engine.journal;

class EmbeddedRunSearchTest extends RunSearchContract {
  @Override
  SqlRunStore fresh() {
    return SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
  }
}
