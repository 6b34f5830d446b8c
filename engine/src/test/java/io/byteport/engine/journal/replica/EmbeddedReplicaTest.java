package io.byteport.engine.journal.replica;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedReplicaTest extends ReplicaContract {
  @TempDir Path folder;

  @Override
  SqlRunStore store(String replica) {
    SqlRunStore store = SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY);
    opened.add(store);
    return store;
  }
}
