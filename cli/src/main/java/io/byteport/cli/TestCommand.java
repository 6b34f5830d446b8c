package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.test.TestCase;
import io.byteport.dsl.workspace.FileWatch;
import io.byteport.engine.coverage.Coverage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proves what runbooks decide on invented incidents. */
@Command(
    name = "test",
    description = {
      "Play the tests of runbooks: invented incidents, without touching anything.",
      "Exit status 0 if every case holds, 1 if one does not, a file is broken or too little is"
          + " covered, 2 if a path does not exist or nothing is there to be played."
    })
final class TestCommand implements Callable<Integer> {
  @Mixin private TerminalOptions screen = new TerminalOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT[:FILE]",
      description = {
        "How to print: `text` (the default), `json`, `junit` or `tap`; into a file where one is"
            + " named.",
        "May be given several times."
      })
  private List<String> outputs = List.of("text");

  @Option(names = "--list", description = "Show which cases there are, and play none.")
  private boolean list;

  @Option(names = "--fail-fast", description = "Play nothing more after the first failure.")
  private boolean failFast;

  @Option(names = "--watch", description = "Play again whenever a file changes; end with Ctrl-C.")
  private boolean watch;

  @Mixin private UnsavedOption unsaved = new UnsavedOption();

  @Mixin private TestSelection selection = new TestSelection();

  @Mixin private CoverageOptions coverage = new CoverageOptions();

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = {
        "Files of tests, and folders in which every *.test.yaml counts.",
        "Default: the tests of the runbooks that come with BytePort."
      })
  private List<Path> paths = List.of();

  private Unsaved texts = Unsaved.NONE;

  @Override
  public Integer call() throws IOException, InterruptedException {
    coverage.check();
    List<OutputTarget<TestFormat>> targets =
        OutputTarget.all("--output", TestFormat.class, outputs);
    texts = unsaved.read();
    TestBench bench = new TestBench(Language.load(texts).loader(), texts);
    if (!watch) {
      return round(bench, targets);
    }
    if (paths.isEmpty()) {
      throw new UsageException("--watch: expected files or folders; the library does not change");
    }
    new FileWatch(List.copyOf(folders())).run(() -> again(bench, targets));
    return ExitStatus.OK;
  }

  /** What is wrong with the files may be right the next time: it ends nothing. */
  private void again(TestBench bench, List<OutputTarget<TestFormat>> targets) {
    try {
      round(bench, targets);
    } catch (UsageException | IOException wrong) {
      screen.terminal().err().println("byteport: " + wrong.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    screen
        .terminal()
        .err()
        .println(screen.terminal().styled(Style.FAINT, "waiting for changes; Ctrl-C ends"));
    screen.terminal().err().flush();
  }

  private int round(TestBench bench, List<OutputTarget<TestFormat>> targets)
      throws IOException, InterruptedException {
    List<LoadedTest> tests = load(bench);
    List<List<TestCase>> selected = selection.of(tests);
    if (list) {
      new TestList(screen.terminal()).print(tests, selected);
      return tests.stream().allMatch(test -> test.findings().isEmpty())
          ? ExitStatus.OK
          : ExitStatus.FINDINGS;
    }
    List<String> focused = TestSelection.focused(tests);
    if (!focused.isEmpty() && selection.failsOnFocus(System.getenv("CI"))) {
      screen.terminal().err().println("byteport: focused cases hide all others:");
      focused.forEach(one -> screen.terminal().err().println("  " + one));
      screen.terminal().err().println("remove `focus: true`; nothing was played");
      return ExitStatus.FINDINGS;
    }
    long start = System.nanoTime();
    List<TestedFile> tested = new TestPlay(bench, failFast).play(tests, selected);
    TestResults results =
        new TestResults(
            tested,
            left(tests, selected),
            !focused.isEmpty(),
            java.time.Duration.ofNanos(System.nanoTime() - start));
    List<Coverage> coverages =
        coverage.isAskedFor() ? CoverageOptions.of(tested) : List.<Coverage>of();
    boolean people = false;
    for (OutputTarget<TestFormat> target : targets) {
      people |= target.file() == null && target.format() == TestFormat.text;
      write(target, results, coverages);
    }
    boolean enough =
        coverage.write(
            coverages,
            screen.terminal(),
            people ? screen.terminal().out() : screen.terminal().err());
    return results.holds() && enough ? ExitStatus.OK : ExitStatus.FINDINGS;
  }

  private static int left(List<LoadedTest> tests, List<List<TestCase>> selected) {
    return tests.stream().mapToInt(test -> test.cases().size()).sum()
        - selected.stream().mapToInt(List::size).sum();
  }

  private void write(OutputTarget<TestFormat> target, TestResults results, List<Coverage> coverages)
      throws IOException {
    if (target.file() == null) {
      write(target.format(), screen.terminal(), results, coverages);
      return;
    }
    try (PrintWriter out = CoverageOptions.open(target.file())) {
      Terminal file = new Terminal(out, screen.terminal().err(), false);
      write(target.format(), file, results, coverages);
    }
  }

  private static void write(
      TestFormat format, Terminal terminal, TestResults results, List<Coverage> coverages) {
    switch (format) {
      case text -> new TestReport(terminal).print(results);
      case json -> Json.write(terminal.out(), TestJson.of(results, coverages));
      case junit -> TestDocuments.junit(results, terminal.out());
      case tap -> TestDocuments.tap(results, terminal.out());
    }
    terminal.out().flush();
  }

  private List<LoadedTest> load(TestBench bench) throws IOException {
    List<LoadedTest> tests = new ArrayList<>();
    if (paths.isEmpty()) {
      for (SourceFile file : Library.tests()) {
        tests.add(bench.load(file, null));
      }
    }
    for (Path file : files()) {
      tests.add(bench.load(file));
    }
    return tests;
  }

  private Set<Path> files() throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        List<Path> tests = testsIn(path);
        if (tests.isEmpty()) {
          throw new UsageException("no tests (*.test.yaml) in " + path);
        }
        files.addAll(tests);
      } else if (texts.exists(path)) {
        files.add(path);
      } else {
        throw new UsageException("no such file or folder: " + path);
      }
    }
    return files;
  }

  private static List<Path> testsIn(Path folder) throws IOException {
    return Folders.yamlFiles(folder).stream().filter(Library::isTest).toList();
  }

  /** Where anything that matters may change. */
  private Set<Path> folders() throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        folders.add(path);
      }
    }
    for (Path file : files()) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        folders.add(folder);
      }
    }
    return folders;
  }
}
