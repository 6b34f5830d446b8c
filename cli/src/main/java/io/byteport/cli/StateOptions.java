package io.byteport.cli;

import io.byteport.engine.journal.FolderHeldException;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreAddress;
import io.byteport.engine.journal.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the journal lives. */
final class StateOptions {
  private static final String DEFAULT = "byteport-state";
  private static final String DEMO = "demo";

  @Option(
      names = "--state",
      paramLabel = "PLACE",
      description = {
        "Where runs are recorded: a folder, or postgresql://USER@HOST/DATABASE, which several"
            + " processes may share.",
        "Its password may stand in BYTEPORT_STATE_PASSWORD or PGPASSWORD.",
        "Default: $BYTEPORT_STATE, else ./byteport-state."
      })
  private @Nullable String given;

  /**
   * @throws UsageException if the address cannot be read; the message does not repeat it
   */
  StatePlace place() {
    Map<String, String> environment = System.getenv();
    String set = environment.getOrDefault("BYTEPORT_STATE", "");
    return place(Objects.requireNonNullElse(given, set.isEmpty() ? DEFAULT : set), environment);
  }

  /** The place that a text means, with a password of the environment where the text has none. */
  static StatePlace place(String text, Map<String, String> environment) {
    if (!StoreAddress.isAddress(text)) {
      return new StatePlace.Folder(Path.of(text));
    }
    StoreAddress address;
    try {
      address = StoreAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--state: " + e.getMessage());
    }
    String password =
        Stream.of("BYTEPORT_STATE_PASSWORD", "PGPASSWORD")
            .map(name -> environment.getOrDefault(name, ""))
            .filter(word -> !word.isEmpty())
            .findFirst()
            .orElse("");
    return new StatePlace.Shared(
        address.password().isEmpty() ? address.withPassword(password) : address);
  }

  /**
   * Demonstrations have a journal of their own, so that they use up no limit of a real run; they
   * leave a shared state alone.
   */
  Path demoFolder() {
    Path folder = place() instanceof StatePlace.Folder one ? one.path() : Path.of(DEFAULT);
    return folder.resolve(DEMO);
  }

  /** What the state is, for people; without a password. */
  String described() {
    return place().toString();
  }

  /**
   * The state of whatever process carries runs on: a database that several share, or a folder that
   * nobody has open. Empty where there is none.
   *
   * @throws UsageException if another process has the folder open, or the database cannot be used
   */
  Optional<SqlRunStore> ofRuns() {
    StatePlace place = place();
    try {
      return place.exists() ? Optional.of(place.open()) : Optional.empty();
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
      throw new UsageException(place + ": " + e.getMessage());
    }
  }

  SqlRunStore open() {
    return place().open();
  }

  /** The places that hold a journal: the real one first, then that of the demonstrations. */
  List<StatePlace> existing() {
    return Stream.of(place(), new StatePlace.Folder(demoFolder()))
        .filter(StatePlace::exists)
        .toList();
  }
}
