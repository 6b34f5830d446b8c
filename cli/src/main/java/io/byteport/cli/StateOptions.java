package io.byteport.cli;

import io.byteport.engine.journal.FolderHeldException;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.byteport.engine.journal.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Option;

/** Where the journal lives. */
final class StateOptions {
  private static final String DEMO = "demo";

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Folder of the journal; to answer runs of other processes also postgresql://... Default:"
              + " $BYTEPORT_STATE, else ./byteport-state.")
  private String place = defaultFolder();

  private static String defaultFolder() {
    String set = System.getenv("BYTEPORT_STATE");
    return set == null || set.isEmpty() ? "byteport-state" : set;
  }

  /**
   * @throws UsageException if the address of a database is given
   */
  Path folder() {
    if (StoreAddress.isAddress(place)) {
      throw new UsageException(
          "--state: expected a folder, found the address of a database, which this command cannot"
              + " use");
    }
    return Path.of(place);
  }

  /** What the state is, for people; without a password. */
  String described() {
    return StoreAddress.isAddress(place) ? address().toString() : place;
  }

  private StoreAddress address() {
    try {
      return StoreAddress.parse(place);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--state: " + e.getMessage());
    }
  }

  /**
   * The state of whatever process carries runs on: a database that several share, or a folder that
   * nobody has open. Empty where there is none.
   *
   * @throws UsageException if another process has the folder open, or the database cannot be used
   */
  Optional<SqlRunStore> ofRuns() {
    try {
      if (StoreAddress.isAddress(place)) {
        String name = "byteport approvals " + UUID.randomUUID();
        return Optional.of(SqlRunStore.shared(address(), Redactor.SHAPES_ONLY, name));
      }
      return holdsJournal(folder()) ? Optional.of(open()) : Optional.empty();
    } catch (FolderHeldException e) {
      throw new UsageException(
          "the state folder "
              + place
              + " is held by process "
              + (e.holder().isEmpty() ? "(unknown)" : e.holder())
              + ", and a folder can be open in one process only: answer on the terminal of that"
              + " process, or keep the state in PostgreSQL (--state postgresql://...), which can be"
              + " answered from anywhere");
    } catch (StoreException e) {
      throw new UsageException(described() + ": " + e.getMessage());
    }
  }

  /** Demonstrations have a journal of their own, so that they use up no limit of a real run. */
  Path demoFolder() {
    return folder().resolve(DEMO);
  }

  SqlRunStore open() {
    return SqlRunStore.inFolder(folder(), Redactor.SHAPES_ONLY);
  }

  /** The folders that hold a journal: the real one first, then that of the demonstrations. */
  List<Path> existing() {
    List<Path> found = new ArrayList<>();
    for (Path each : List.of(folder(), demoFolder())) {
      if (holdsJournal(each)) {
        found.add(each);
      }
    }
    return found;
  }

  private static boolean holdsJournal(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var files = Files.list(folder)) {
      return files.anyMatch(file -> Files.isRegularFile(file));
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
