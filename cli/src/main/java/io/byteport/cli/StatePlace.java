package io.byteport.cli;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Somewhere that runs are recorded. */
sealed interface StatePlace {

  /**
   * Opens the state, for this process alone where it is a folder; where it is shared, under a name
   * that no other process has.
   *
   * @throws io.byteport.engine.journal.StoreException if it cannot be used
   */
  default SqlRunStore open() {
    return open(redactor());
  }

  /** As {@link #open()}; what is recorded goes through this redactor. */
  SqlRunStore open(Redactor redactor);

  /** Whether anything was ever recorded there; a shared state counts as such. */
  boolean exists();

  /** Takes secrets out of what is recorded and printed, that of this place among them. */
  Redactor redactor();

  /** A folder on this machine. */
  record Folder(Path path) implements StatePlace {
    @Override
    public SqlRunStore open(Redactor redactor) {
      return SqlRunStore.inFolder(path, redactor);
    }

    @Override
    public boolean exists() {
      if (!Files.isDirectory(path)) {
        return false;
      }
      try (var files = Files.list(path)) {
        return files.anyMatch(file -> Files.isRegularFile(file));
      } catch (java.io.IOException e) {
        return false;
      }
    }

    @Override
    public Redactor redactor() {
      return Redactor.SHAPES_ONLY;
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A database that several processes share. */
  record Shared(StoreAddress address) implements StatePlace {
    /** A command needs few. */
    private static final int CONNECTIONS = 6;

    @Override
    public SqlRunStore open(Redactor redactor) {
      String replica = "command " + ProcessHandle.current().pid() + " " + UUID.randomUUID();
      return SqlRunStore.shared(address.withConnections(CONNECTIONS), redactor, replica);
    }

    @Override
    public boolean exists() {
      return true;
    }

    @Override
    public Redactor redactor() {
      return Redactor.SHAPES_ONLY.knowing(List.of(address.password()));
    }

    /** Without the password. */
    @Override
    public String toString() {
      return address.toString();
    }
  }
}
