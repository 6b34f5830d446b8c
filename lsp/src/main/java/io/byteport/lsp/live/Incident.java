package io.byteport.lsp.live;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An incident that a runbook is explained with. */
sealed interface Incident {

  /** The folder in which the program is asked. */
  Path folder();

  /** What {@code byteport explain} is given, without how it is to print. */
  List<String> arguments();

  /** The folder of a file. */
  static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  /**
   * A case of a test.
   *
   * @param name its name or its number from 1
   */
  record Case(Path test, String name) implements Incident {
    @Override
    public Path folder() {
      return Incident.folderOf(test);
    }

    @Override
    public List<String> arguments() {
      return List.of(test.toString(), "--case=" + name);
    }
  }

  /** A file of facts. */
  record Facts(Path runbook, Path facts) implements Incident {
    @Override
    public Path folder() {
      return Incident.folderOf(runbook);
    }

    @Override
    public List<String> arguments() {
      return List.of(runbook.toString(), "--facts=" + facts);
    }
  }

  /**
   * What a recorded run had read.
   *
   * @param id the beginning of its id
   * @param state where runs are recorded; empty for where the program looks by itself
   */
  record Recorded(Path runbook, String id, String state) implements Incident {
    @Override
    public Path folder() {
      return Incident.folderOf(runbook);
    }

    @Override
    public List<String> arguments() {
      List<String> run = List.of("--run=" + id, "--with=" + runbook);
      return state.isEmpty()
          ? run
          : Stream.concat(run.stream(), Stream.of("--state=" + state)).toList();
    }
  }
}
