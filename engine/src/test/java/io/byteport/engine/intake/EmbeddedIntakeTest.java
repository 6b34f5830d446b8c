package io.byteport.engine.intake;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;

class EmbeddedIntakeTest extends IntakeContract {
  @Override
  SqlRunStore fresh() {
    return SqlRunStore.inMemory(Redactor.SHAPES_ONLY);
  }
}
