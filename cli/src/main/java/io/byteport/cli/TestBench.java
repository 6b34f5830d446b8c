package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.CheckedRunbookTest;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.yaml.SourceReader;
import io.byteport.engine.sim.RunbookTestRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the runbooks of tests and plays their cases. A runbook is looked for among the files beside
 * its test, then among those that come with BytePort.
 */
final class TestBench {
  private final RunbookLoader loader;
  private final RunbookTestRunner runner = new RunbookTestRunner();

  TestBench(RunbookLoader loader) {
    this.loader = loader;
  }

  /** A file of the user's. */
  TestedFile test(Path path) throws IOException {
    Checked<SourceFile> read = SourceReader.read(path);
    SourceFile file = read.valueOrNull();
    if (file == null) {
      return new TestedFile(new SourceFile(path.toString(), ""), "", read.diagnostics(), List.of());
    }
    return test(file, path.toAbsolutePath().getParent());
  }

  /**
   * A file that has been read.
   *
   * @param folder where its runbook may lie; null where only the library is asked
   */
  TestedFile test(SourceFile file, @Nullable Path folder) throws IOException {
    Id id = RunbookTestLoader.runbook(file).orElse(null);
    if (id == null) {
      return new TestedFile(file, "", RunbookTestLoader.shape(file), List.of());
    }
    Checked<CheckedRunbook> runbook = find(id, folder).orElse(null);
    if (runbook == null) {
      List<Diagnostic> findings = new ArrayList<>(RunbookTestLoader.shape(file));
      findings.add(unknown(file, id));
      return new TestedFile(file, id.name(), findings, List.of());
    }
    CheckedRunbook checked = runbook.valueOrNull();
    if (checked == null) {
      return new TestedFile(file, id.name(), runbook.diagnostics(), List.of());
    }
    Checked<CheckedRunbookTest> test = RunbookTestLoader.load(file, checked);
    return new TestedFile(
        file, id.name(), test.diagnostics(), test.value().map(runner::run).orElse(List.of()));
  }

  private static Diagnostic unknown(SourceFile file, Id id) {
    return Diagnostic.of(
        DiagnosticCode.TEST_UNKNOWN_NAME,
        file,
        id.span(),
        "expected a runbook beside the test or one that comes with BytePort, found `" + id + "`",
        "put the runbook into the folder of its test, or see `byteport list`");
  }

  /** A runbook by its id, with what is wrong with it; empty where there is none. */
  Optional<Checked<CheckedRunbook>> find(Id id, @Nullable Path folder) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    if (folder != null) {
      try (Stream<Path> list = Files.list(folder)) {
        for (Path path : list.filter(Library::isRunbook).sorted().toList()) {
          SourceReader.read(path).value().ifPresent(files::add);
        }
      }
    }
    files.addAll(Library.runbooks());
    Pattern declares =
        Pattern.compile("(?m)^\\s+[\"']?id[\"']?:\\s*[\"']?" + Pattern.quote(id.name()) + "\\b");
    for (SourceFile file : files) {
      if (declares.matcher(file.text()).find()) {
        Checked<CheckedRunbook> checked = loader.load(file);
        if (checked.value().map(found -> found.id().equals(id.name())).orElse(true)) {
          return Optional.of(checked);
        }
      }
    }
    return Optional.empty();
  }
}
