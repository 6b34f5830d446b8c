package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.CheckedRunbookTest;
import io.byteport.dsl.test.RunbookTestLoader;
import io.byteport.dsl.test.TestCase;
import io.byteport.dsl.workspace.RunbookLookup;
import io.byteport.engine.sim.CaseResult;
import io.byteport.engine.sim.RunbookTestRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the runbooks of tests and plays their cases. A runbook is looked for among the files beside
 * its test, then among those that come with BytePort. Safe for use by several threads.
 */
final class TestBench {
  private final RunbookLookup lookup;
  private final Unsaved unsaved;
  private final RunbookTestRunner runner = new RunbookTestRunner();

  TestBench(RunbookLoader loader) {
    this(loader, Unsaved.NONE);
  }

  TestBench(RunbookLoader loader, Unsaved unsaved) {
    this.lookup = new RunbookLookup(loader, Library::runbooks);
    this.unsaved = unsaved;
  }

  /** A file of the user's. */
  LoadedTest load(Path path) throws IOException {
    Checked<SourceFile> read = unsaved.read(path);
    SourceFile file = read.valueOrNull();
    if (file == null) {
      SourceFile none = new SourceFile(path.toString(), "");
      return new LoadedTest(none, "", null, read.diagnostics(), List.of());
    }
    return load(file, path.toAbsolutePath().getParent());
  }

  /**
   * A file that has been read.
   *
   * @param folder where its runbook may lie; null where only the library is asked
   */
  LoadedTest load(SourceFile file, @Nullable Path folder) throws IOException {
    Id id = RunbookTestLoader.runbook(file).orElse(null);
    if (id == null) {
      return new LoadedTest(file, "", null, RunbookTestLoader.shape(file), List.of());
    }
    Checked<CheckedRunbook> runbook = find(id, folder).orElse(null);
    if (runbook == null) {
      List<Diagnostic> findings = new ArrayList<>(RunbookTestLoader.shape(file));
      findings.add(RunbookLookup.unknown(file, id));
      return new LoadedTest(file, id.name(), null, findings, List.of());
    }
    CheckedRunbook checked = runbook.valueOrNull();
    if (checked == null) {
      return new LoadedTest(file, id.name(), null, runbook.diagnostics(), List.of());
    }
    Checked<CheckedRunbookTest> test =
        RunbookTestLoader.load(file, checked, new FixtureLookup(unsaved));
    return new LoadedTest(
        file,
        id.name(),
        checked,
        test.diagnostics(),
        test.value().map(CheckedRunbookTest::cases).orElse(List.of()));
  }

  /** Plays one case of a test that has a runbook. */
  TestedCase play(CheckedRunbook runbook, TestCase one) {
    long start = System.nanoTime();
    CaseResult result = runner.run(runbook, one);
    return new TestedCase(one, result, null, Duration.ofNanos(System.nanoTime() - start));
  }

  /** A runbook by its id, with what is wrong with it; empty where there is none. */
  Optional<Checked<CheckedRunbook>> find(Id id, @Nullable Path folder) throws IOException {
    return unsaved.isEmpty() ? lookup.find(id, folder) : lookup.find(id, folder, unsaved::read);
  }
}
