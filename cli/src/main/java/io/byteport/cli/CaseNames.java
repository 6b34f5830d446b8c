package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of a runbook are called. */
final class CaseNames {
  private CaseNames() {}

  /**
   * The names of its cases, in order: of files beside it, or of the library's for one that comes
   * with BytePort.
   *
   * @param library the library's tests
   */
  static List<String> of(CheckedRunbook checked, List<SourceFile> library) throws IOException {
    List<String> names = new ArrayList<>();
    for (SourceFile file :
        checked.source().name().startsWith(Library.PREFIX) ? library : beside(checked)) {
      if (RunbookTestLoader.runbook(file)
          .filter(id -> id.name().equals(checked.id()))
          .isPresent()) {
        RunbookTestLoader.load(file, checked)
            .value()
            .ifPresent(test -> test.cases().forEach(one -> names.add(one.name())));
      }
    }
    return names;
  }

  private static List<SourceFile> beside(CheckedRunbook checked) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    Path folder = Path.of(checked.source().name()).toAbsolutePath().getParent();
    if (folder != null && Files.isDirectory(folder)) {
      try (Stream<Path> beside = Files.list(folder)) {
        for (Path file : beside.filter(Library::isTest).sorted().toList()) {
          SourceReader.read(file).value().ifPresent(files::add);
        }
      }
    }
    return files;
  }
}
