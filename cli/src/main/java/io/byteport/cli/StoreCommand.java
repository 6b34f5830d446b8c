package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.value.Quantities;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.Archive;
import io.byteport.engine.journal.Pruning;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.journal.StoreCheck;
import io.byteport.engine.journal.StoreFinding;
import io.byteport.engine.run.InterpretedCourse;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.Links;
import io.byteport.engine.run.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after the place where runs are recorded. */
@Command(
    name = "store",
    description = "Look after the state: check, export, import, prune, compact.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StoreCommand.Check.class,
      StoreCommand.Export.class,
      StoreCommand.Import.class,
      StoreCommand.Prune.class,
      StoreCommand.Compact.class
    })
final class StoreCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command");
  }

  /** Compares everything with everything else. */
  @Command(
      name = "check",
      description = {
        "Look whether every journal can be read and folded, and whether runs, journals, limits,"
            + " locks and letters agree. Nothing is changed.",
        "Exit status 1 where something does not agree."
      })
  static final class Check implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();
    @Mixin private StateOptions state = new StateOptions();

    @Override
    public Integer call() {
      Terminal terminal = common.terminal();
      try (SqlRunStore store = existing(state).open()) {
        StoreCheck check =
            new StoreCheck(
                store,
                InterpretedCourse.beginning(
                    Language.load().loader(), new Interpreter(new Evaluator(), Links.NONE)));
        List<StoreFinding> findings = check.findings();
        if (common.output() == Output.json) {
          Json.write(terminal.out(), findings.stream().map(Check::json).toList());
        } else {
          findings.forEach(finding -> print(terminal, finding));
          int runs = store.runs(Integer.MAX_VALUE).size();
          terminal
              .out()
              .println(
                  state.place()
                      + ": "
                      + runs(runs)
                      + ", "
                      + (findings.isEmpty()
                          ? "everything agrees"
                          : findings.size() == 1 ? "1 finding" : findings.size() + " findings"));
        }
        terminal.out().flush();
        return findings.isEmpty() ? ExitStatus.OK : ExitStatus.FINDINGS;
      }
    }

    private static void print(Terminal terminal, StoreFinding finding) {
      terminal
          .out()
          .println(
              (finding.run() == null ? "store" : finding.run().toString())
                  + "  "
                  + terminal.styled(Style.YELLOW, finding.subject())
                  + "  "
                  + finding.message());
    }

    private static Map<String, Object> json(StoreFinding finding) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("run", finding.run() == null ? null : finding.run().value());
      json.put("subject", finding.subject());
      json.put("message", finding.message());
      return json;
    }
  }

  /** Writes all of it into a file. */
  @Command(
      name = "export",
      description = "Write everything as lines of JSON, without secrets, whatever the size.")
  static final class Export implements Callable<Integer> {
    @Mixin private StateOptions state = new StateOptions();

    @Parameters(paramLabel = "FILE", description = "Where to, - for standard output.")
    private String file = "-";

    @Override
    public Integer call() throws IOException {
      Terminal terminal = Terminal.ofProcess(Colour.auto);
      try (SqlRunStore store = existing(state).open()) {
        Archive.Count count;
        if (file.equals("-")) {
          count = write(store, terminal.out());
        } else {
          try (Writer out = Files.newBufferedWriter(Path.of(file))) {
            count = write(store, out);
          }
        }
        terminal
            .err()
            .println("exported " + runs(count.runs()) + ", " + count.entries() + " entries");
        terminal.err().flush();
      }
      return ExitStatus.OK;
    }

    private static Archive.Count write(SqlRunStore store, Writer out) throws IOException {
      Archive.Count count = new Archive(store).write(out, InstantSource.system().instant());
      out.flush();
      return count;
    }
  }

  /** Reads such a file. */
  @Command(
      name = "import",
      description =
          "Read what `store export` has written, run by run. A run that is there already ends it."
              + " Open runs go on here: stop those who carry them on elsewhere first.")
  static final class Import implements Callable<Integer> {
    @Mixin private StateOptions state = new StateOptions();

    @Parameters(paramLabel = "FILE", description = "Where from, - for standard input.")
    private String file = "-";

    @Override
    public Integer call() throws IOException {
      if (!file.equals("-") && !Files.isReadable(Path.of(file))) {
        throw new UsageException("no such file, or not readable: " + file);
      }
      Terminal terminal = Terminal.ofProcess(Colour.auto);
      try (BufferedReader in =
              file.equals("-")
                  ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                  : Files.newBufferedReader(Path.of(file));
          SqlRunStore store = state.open()) {
        Archive.Count count = new Archive(store).read(in);
        terminal
            .out()
            .println("imported " + runs(count.runs()) + ", " + count.entries() + " entries");
        terminal.out().flush();
      }
      return ExitStatus.OK;
    }
  }

  /** Forgets old runs. */
  @Command(
      name = "prune",
      description =
          "Forget runs that ended and were reported, unless a limit still looks back at what they"
              + " did or an open run may wait for them.")
  static final class Prune implements Callable<Integer> {
    @Mixin private StateOptions state = new StateOptions();

    @Option(
        names = "--older-than",
        paramLabel = "DURATION",
        required = true,
        description = "How long ago they ended at least, such as `90d`.")
    private String olderThan = "";

    @Option(names = "--dry-run", description = "Name them, and forget nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
      Duration age =
          Quantities.duration(olderThan)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--older-than: expected a duration such as `90d`, found `"
                              + olderThan
                              + "`"));
      Terminal terminal = Terminal.ofProcess(Colour.auto);
      try (SqlRunStore store = existing(state).open()) {
        Pruning pruning = new Pruning(store);
        Instant now = InstantSource.system().instant();
        List<RunId> runs = pruning.candidates(now.minus(age), now, Integer.MAX_VALUE);
        if (dryRun) {
          runs.forEach(run -> terminal.out().println(run));
          terminal.out().println(runs(runs.size()) + " to be forgotten");
        } else {
          terminal.out().println(runs(pruning.forget(runs)) + " forgotten");
        }
        terminal.out().flush();
      }
      return ExitStatus.OK;
    }
  }

  /** Gives space back. */
  @Command(name = "compact", description = "Give space back that nothing needs any more.")
  static final class Compact implements Callable<Integer> {
    @Mixin private StateOptions state = new StateOptions();

    @Override
    public Integer call() {
      Terminal terminal = Terminal.ofProcess(Colour.auto);
      try (SqlRunStore store = existing(state).open()) {
        String hint = store.compact();
        terminal.out().println(hint.isEmpty() ? state.place() + " is compact" : hint);
        terminal.out().flush();
      }
      return ExitStatus.OK;
    }
  }

  private static String runs(int count) {
    return count == 1 ? "1 run" : count + " runs";
  }

  /** To look after a state that was never used would make one. */
  private static StatePlace existing(StateOptions state) {
    StatePlace place = state.place();
    if (!place.exists()) {
      throw new UsageException("nothing was recorded in " + place + " yet");
    }
    return place;
  }
}
