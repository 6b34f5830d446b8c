package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.cli.json.RunJson;
import io.byteport.engine.journal.JournalCodec;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.outbox.Sending;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks into the journal. */
@Command(
    name = "runs",
    description = "List runs, newest first; `runs show ID` tells the story of one.",
    subcommands = {RunsCommand.Show.class, RunsExport.class, RunsImport.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  byteport runs",
      "  byteport runs -n 5 -o json",
      "  byteport runs show 20260105-1000"
    })
final class RunsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StateOptions state = new StateOptions();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Override
  public Integer call() {
    List<RunSummary> runs = new ArrayList<>();
    Map<RunId, Unfinished> open = new HashMap<>();
    for (StatePlace place : state.existing()) {
      try (RunStore store = place.open()) {
        runs.addAll(store.runs(limit));
        for (RunId run : store.unfinished()) {
          open.put(run, Unfinished.of(store.entries(run)));
        }
      }
    }
    runs.sort(Comparator.comparing(RunSummary::openedAt).reversed());
    List<RunSummary> newest = runs.subList(0, Math.min(limit, runs.size()));
    Terminal terminal = common.terminal();
    if (common.output() == Output.json) {
      Json.write(
          terminal.out(), newest.stream().map(run -> json(run, open.get(run.id()))).toList());
      return ExitStatus.OK;
    }
    if (newest.isEmpty()) {
      terminal.out().println("no runs in " + state.place() + " yet; `byteport demo` makes some");
    }
    newest.forEach(run -> print(terminal, run, open.get(run.id())));
    terminal.out().flush();
    return ExitStatus.OK;
  }

  private static void print(Terminal terminal, RunSummary run, @Nullable Unfinished open) {
    String result = run.result() == null ? "unfinished" : run.result();
    Style style =
        switch (result) {
          case "resolved" -> Style.GREEN;
          case "escalated" -> Style.RED;
          default -> Style.YELLOW;
        };
    terminal
        .out()
        .println(
            run.id()
                + "  "
                + terminal.styled(style, String.format("%-10s", result))
                + String.format(" %-8s", RunJson.mode(run.mode()))
                + run.runbook()
                + "  "
                + run.target()
                + (run.classId() == null ? "" : "  " + run.classId())
                + (run.imported() ? "  (imported)" : ""));
    if (run.reason() != null && !run.reason().isEmpty()) {
      new Lines(terminal).text(7, Style.FAINT, run.reason());
    }
    if (open != null) {
      new Lines(terminal).text(7, Style.YELLOW, "interrupted; this goes on with it:");
      new Lines(terminal).command(7, open.command());
    }
  }

  static Map<String, Object> json(RunSummary run, @Nullable Unfinished open) {
    Map<String, Object> json = RunJson.summary(run);
    json.put("goOn", open == null ? null : open.command());
    return json;
  }

  /** Tells one run's story. */
  @Command(
      name = "show",
      description = "The timeline of a run: every fact, verdict, intent and outcome.",
      footerHeading = "%nExamples:%n",
      footer = {"  byteport runs show", "  byteport runs show 20260105-1000 -o json"})
  static final class Show implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();
    @Mixin private StateOptions state = new StateOptions();

    @Parameters(
        paramLabel = "ID",
        arity = "0..1",
        description = "The run, or the beginning of its id if that is enough. Default: the newest.")
    private @Nullable String id;

    @Override
    public Integer call() {
      new RecordedRuns(state)
          .read(
              id,
              (store, run) -> {
                show(store.entries(run), store.outbox().of(run));
                return run;
              });
      return ExitStatus.OK;
    }

    private void show(List<JournalEntry> entries, List<Sending> told) {
      Terminal terminal = common.terminal();
      if (common.output() == Output.json) {
        JournalCodec codec = new JournalCodec(Redactor.SHAPES_ONLY);
        entries.forEach(entry -> terminal.out().println(codec.write(entry)));
        terminal.out().flush();
        return;
      }
      Timeline timeline = new Timeline(terminal);
      entries.forEach(timeline::print);
      new ToldLines(terminal).print(told);
      terminal.out().flush();
    }
  }
}
