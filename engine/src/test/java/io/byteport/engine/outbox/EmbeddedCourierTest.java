package io.byteport.engine.outbox;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.Ticks;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCourierTest extends CourierContract {
  @TempDir private Path folder;

  @Override
  SqlRunStore process(String name) {
    return SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY, Ticks.of(timers.clock()));
  }

  @Override
  void dies(SqlRunStore store, String name) {
    store.close();
  }
}
