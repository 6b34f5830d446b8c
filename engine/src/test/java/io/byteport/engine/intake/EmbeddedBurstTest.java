package io.byteport.engine.intake;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBurstTest extends BurstContract {
  @TempDir Path folder;

  EmbeddedBurstTest() {
    super(50_000, 1_000);
  }

  @Override
  SqlRunStore fresh() {
    return SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY);
  }
}
