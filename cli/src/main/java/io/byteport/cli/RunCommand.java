package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.engine.journal.JournalCodec;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.run.Autonomy;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import io.byteport.engine.run.SystemTimers;
import io.byteport.engine.run.Timers;
import io.byteport.engine.signal.EnabledRunbook;
import io.byteport.engine.signal.Routing;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.Adapters;
import io.byteport.engine.spi.Inventory;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Runs one runbook for one signal, in this process, to its end. */
@Command(
    name = "run",
    description = {
      "Diagnose one incident and act on it. Without --live nothing is changed: the plan is"
          + " printed.",
      "The runbook's inputs may be given as flags: byteport run RUNBOOK --namespace production ...",
      "Exit status 0 when resolved, skipped or planned, 1 when a human is called, 2 if it cannot"
          + " start."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  byteport run my.yaml --namespace production --pod api-1",
      "  byteport run my.yaml --signal signal.json --connections prod.yaml --live",
      "  byteport run my.yaml --signal - -p stableFor=5m < signal.json"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StateOptions state = new StateOptions();
  @Mixin private ReachOptions reaching = new ReachOptions();
  @Mixin private ParameterOptions parameters = new ParameterOptions();

  @Parameters(index = "0", paramLabel = "RUNBOOK", description = "The id of a runbook, or a file.")
  private String runbook = "";

  @Option(
      names = "--signal",
      paramLabel = "FILE",
      description = "The signal as JSON, - for standard input.")
  private @Nullable String signalFile;

  @Option(
      names = "--live",
      description =
          "Make the changes. BYTEPORT_RUNBOOK_DRY_RUN=true keeps them from being made all the"
              + " same.")
  private boolean live;

  @Option(
      names = "--dry-run",
      description = "Make no changes, even with --live. This is the default.")
  private boolean dryRun;

  @Option(
      names = "--autonomy",
      paramLabel = "LEVEL",
      converter = AutonomyConverter.class,
      description =
          "How far a live run may go: observe, propose, approve (it asks before its first change)"
              + " or act. Default: act.")
  private Autonomy autonomy = Autonomy.ACT;

  @Spec private CommandSpec spec;

  @Unmatched private List<String> rest = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Language language = Language.load();
    CheckedRunbook checked = language.find(runbook);
    Terminal terminal = common.terminal();
    try (Reach reach = reaching.open(language.catalogue(), terminal)) {
      return call(language, checked, reach, terminal);
    }
  }

  private int call(Language language, CheckedRunbook checked, Reach reach, Terminal terminal)
      throws IOException, InterruptedException {
    Inventory inventory = reach.inventory();
    EnabledRunbook enabled = parameters.enable(checked, inventory);
    Signal signal = signal(checked, InstantSource.system().instant());
    Interview interview = new Interview(terminal, Terminal.isInteractive() && !readsSignal());
    Redactor redactor = state.place().redactor().learning(reach.secrets());
    JournalCodec codec = new JournalCodec(redactor);
    RunListener timeline = common.listener(redactor);
    Timers timers = new SystemTimers(InstantSource.system());
    try (Adapters adapters = Adapters.discover(inventory, RunCommand.class.getClassLoader());
        Workbench bench =
            new Workbench(
                language,
                List.of(enabled),
                inventory,
                adapters.all(),
                mode(terminal),
                Policy.of(autonomy),
                state.place().open(redactor),
                timers,
                redactor,
                (run, entry) -> {
                  JournalEntry clean = codec.redacted(entry);
                  timeline.entry(run, clean);
                  interview.entry(run, clean);
                })) {
      return run(bench, signal, terminal, interview);
    }
  }

  private boolean readsSignal() {
    return "-".equals(signalFile);
  }

  private static int run(Workbench bench, Signal signal, Terminal terminal, Interview interview)
      throws InterruptedException {
    switch (bench.route(signal)) {
      case Routing.Chosen chosen -> {
        bench
            .alreadyOpen(chosen)
            .ifPresent(
                run ->
                    terminal
                        .err()
                        .println(
                            "byteport: run "
                                + run
                                + " about the same target was interrupted and goes on; `byteport"
                                + " runs show "
                                + run
                                + "` tells how it began"));
        bench
            .interrupted(chosen)
            .forEach(
                other ->
                    terminal
                        .err()
                        .println(
                            "byteport: run "
                                + other.opened().run()
                                + " about "
                                + other.opened().targetKey()
                                + " was interrupted and is unfinished; `"
                                + other.command()
                                + "` goes on with it"));
        RunId id = bench.open(chosen, signal);
        return status(await(bench, id, terminal, interview));
      }
      case Routing.Refused refused -> {
        bench.refuse(signal, refused);
        terminal.err().println("byteport: " + refused.explanation());
        return ExitStatus.FINDINGS;
      }
      case Routing.Cleared cleared -> {
        terminal
            .err()
            .println("byteport: the signal says that the trouble is over; nothing is done");
        return ExitStatus.OK;
      }
    }
  }

  private static RunReport await(Workbench bench, RunId id, Terminal terminal, Interview interview)
      throws InterruptedException {
    try {
      return interview.await(bench.driver(), id);
    } catch (CancellationException elsewhere) {
      terminal.err().println("byteport: another process carries run " + id + " on; waiting for it");
      terminal.err().flush();
      return bench.follow(id);
    }
  }

  static int status(RunReport report) {
    return report.result() == RunResult.ESCALATED ? ExitStatus.FINDINGS : ExitStatus.OK;
  }

  private Mode mode(Terminal terminal) {
    boolean forced = Boolean.parseBoolean(System.getenv("BYTEPORT_RUNBOOK_DRY_RUN"));
    if (live && (forced || dryRun)) {
      terminal
          .err()
          .println(
              "byteport: dry run, since "
                  + (forced ? "BYTEPORT_RUNBOOK_DRY_RUN is true" : "--dry-run is given"));
    }
    return live && !forced && !dryRun ? Mode.LIVE : Mode.DRY_RUN;
  }

  private Signal signal(CheckedRunbook checked, Instant now) throws IOException {
    Map<String, String> flags = InputFlags.parse(checked, rest, Complaints.options(spec));
    if (signalFile == null) {
      InputFlags.requireAll(checked, flags);
      String type = checked.runbook().detectors().keySet().iterator().next();
      return new Signal(
          type,
          "command-line",
          Signal.Severity.WARNING,
          Signal.Status.FIRING,
          flags,
          now,
          null,
          type + flags,
          null);
    }
    Signal read = SignalReader.read(signalFile, Incidents.text(signalFile), now);
    Map<String, String> labels = new LinkedHashMap<>(read.labels());
    labels.putAll(flags);
    return new Signal(
        read.type(),
        read.source(),
        read.severity(),
        read.status(),
        labels,
        read.startedAt(),
        read.value(),
        read.fingerprint(),
        read.link());
  }
}
