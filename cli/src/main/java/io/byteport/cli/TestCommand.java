package io.byteport.cli;

import io.byteport.cli.report.DiagnosticJson;
import io.byteport.cli.report.JUnitXml;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.engine.sim.CaseResult;
import io.byteport.engine.sim.CaseResult.Mismatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proves what runbooks decide on invented incidents. */
@Command(
    name = "test",
    description = {
      "Play the tests of runbooks: invented incidents, without touching anything.",
      "Exit status 0 if every case holds, 1 if one does not or a file is broken, 2 if a path does"
          + " not exist or holds no tests."
    })
final class TestCommand implements Callable<Integer> {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private TestFormat output = TestFormat.text;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = {
        "Files of tests, and folders in which every *.test.yaml counts.",
        "Default: the tests of the runbooks that come with BytePort."
      })
  private List<Path> paths = List.of();

  @Override
  public Integer call() throws IOException {
    TestBench bench = new TestBench(Language.load().loader());
    List<TestedFile> tested = new ArrayList<>();
    if (paths.isEmpty()) {
      for (SourceFile file : Library.tests()) {
        tested.add(bench.test(file, null));
      }
    } else {
      for (Path file : files()) {
        tested.add(bench.test(file));
      }
    }
    Terminal terminal = Terminal.ofProcess();
    switch (output) {
      case text -> new TestReport(terminal).print(tested);
      case json -> Json.write(terminal.out(), tested.stream().map(TestCommand::json).toList());
      case junit -> JUnitXml.write(tested.stream().map(TestSuites::of).toList(), terminal.out());
    }
    terminal.out().flush();
    boolean clean = !tested.isEmpty() && tested.stream().allMatch(TestedFile::holds);
    return clean ? ExitStatus.OK : ExitStatus.FINDINGS;
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
      } else if (Files.exists(path)) {
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

  private static Map<String, Object> json(TestedFile tested) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", tested.file().name());
    json.put("runbook", tested.runbook());
    json.put("holds", tested.holds());
    json.put("findings", DiagnosticJson.of(tested.findings()));
    json.put(
        "cases", tested.results().stream().map(result -> json(tested.file(), result)).toList());
    return json;
  }

  private static Map<String, Object> json(SourceFile file, CaseResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", result.testCase().name());
    json.put("line", line(file, result.testCase().span()));
    json.put("holds", result.holds());
    json.put("ending", result.ending());
    json.put("mismatches", result.mismatches().stream().map(misfit -> json(file, misfit)).toList());
    if (!result.holds()) {
      json.put("explanation", result.explanation());
    }
    return json;
  }

  private static Map<String, Object> json(SourceFile file, Mismatch misfit) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("what", misfit.what());
    json.put("expected", misfit.expected());
    json.put("found", misfit.found());
    json.put("line", line(file, misfit.span()));
    return json;
  }

  static int line(SourceFile file, Span span) {
    return file.position(span.start()).line() + 1;
  }
}
