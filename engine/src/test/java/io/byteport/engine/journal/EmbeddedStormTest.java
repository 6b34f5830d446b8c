package io.byteport.engine.journal;

class EmbeddedStormTest extends StormContract {
  @Override
  SqlRunStore fresh() {
    return SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
  }
}
