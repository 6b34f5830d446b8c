package io.byteport.engine.journal;

class EmbeddedRunWriterTest extends RunWriterContract {
  @Override
  StateDatabase fresh() {
    return EmbeddedDatabase.inMemory();
  }
}
