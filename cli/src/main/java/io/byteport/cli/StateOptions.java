package io.byteport.cli;

import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the journal lives. */
final class StateOptions {
  private static final String DEMO = "demo";

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Folder of the journal. Default: $BYTEPORT_STATE, else ./byteport-state.")
  private Path folder = Path.of(defaultFolder());

  private static String defaultFolder() {
    String set = System.getenv("BYTEPORT_STATE");
    return set == null || set.isEmpty() ? "byteport-state" : set;
  }

  Path folder() {
    return folder;
  }

  /** Demonstrations have a journal of their own, so that they use up no limit of a real run. */
  Path demoFolder() {
    return folder.resolve(DEMO);
  }

  SqlRunStore open() {
    return SqlRunStore.inFolder(folder, Redactor.SHAPES_ONLY);
  }

  /** The folders that hold a journal: the real one first, then that of the demonstrations. */
  List<Path> existing() {
    List<Path> found = new ArrayList<>();
    for (Path each : List.of(folder, demoFolder())) {
      if (Files.isDirectory(each) && holdsJournal(each)) {
        found.add(each);
      }
    }
    return found;
  }

  private static boolean holdsJournal(Path folder) {
    try (var files = Files.list(folder)) {
      return files.anyMatch(file -> Files.isRegularFile(file));
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
