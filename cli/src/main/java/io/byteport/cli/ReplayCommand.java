package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Quantities;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.replay.Parting;
import io.byteport.engine.replay.Replayed;
import io.byteport.engine.replay.Replayer;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.signal.UnclaimedSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays recorded runs again with the runbooks of today. */
@Command(
    name = "replay",
    description = {
      "Feed what happened to a recorded run to its runbook as it is today, or to an edited one, and"
          + " say where they part. Nothing is read or changed.",
      "Exit status 0 where all transitions are the same, 1 where they part."
    })
final class ReplayCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StateOptions state = new StateOptions();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description =
          "A run, or the beginning of its id, or a file that holds one. Default: the newest.")
  private @Nullable String run;

  @Option(
      names = "--with",
      paramLabel = "RUNBOOK",
      description =
          "The runbook of today: a file or an id. Default: the one that comes with BytePort under"
              + " the run's id, else the text that was recorded.")
  private @Nullable String with;

  @Option(names = "--all", description = "Replay every run; with --with, those of that runbook.")
  private boolean all;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "With --all: runs opened within this time, such as `7d`.")
  private @Nullable String since;

  private final Replayer replayer = new Replayer();
  private final Map<String, CheckedRunbook> recorded = new LinkedHashMap<>();
  private final Map<String, Optional<CheckedRunbook>> shipped = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException {
    if (all && run != null) {
      throw new UsageException("expected one run or --all, found both");
    }
    if (since != null && !all) {
      throw new UsageException("--since goes with --all");
    }
    Language language = Language.load();
    CheckedRunbook edited = with == null ? null : language.find(with);
    List<Told> told = all ? many(language, edited) : List.of(one(language, edited));
    if (common.output() == Output.json) {
      Json.write(common.terminal().out(), told.stream().map(Told::json).toList());
    } else if (all) {
      table(told);
    } else {
      story(told.getFirst());
    }
    common.terminal().out().flush();
    return told.stream().allMatch(Told::isSame) ? ExitStatus.OK : ExitStatus.FINDINGS;
  }

  private Told one(Language language, @Nullable CheckedRunbook edited) throws IOException {
    List<JournalEntry> entries =
        run != null && RecordedFile.isFile(run)
            ? RecordedFile.read(Path.of(run))
            : new RecordedRuns(state).entries(run);
    if (!(entries.getFirst() instanceof Event.Opened opened)
        || opened.runbook().equals(UnclaimedSignal.NO_RUNBOOK)) {
      throw new UsageException("no runbook took the signal of this run: nothing can be replayed");
    }
    if (edited != null && !edited.id().equals(opened.runbook())) {
      throw new UsageException(
          "the run is one of `" + opened.runbook() + "`, and --with is `" + edited.id() + "`");
    }
    return replay(language, opened, entries, edited);
  }

  private List<Told> many(Language language, @Nullable CheckedRunbook edited) throws IOException {
    Instant from = from();
    List<Told> told = new ArrayList<>();
    for (StatePlace place : state.existing()) {
      try (RunStore store = place.open()) {
        for (RunSummary summary : store.runs(Integer.MAX_VALUE).reversed()) {
          boolean wanted =
              !summary.openedAt().isBefore(from)
                  && !summary.runbook().equals(UnclaimedSignal.NO_RUNBOOK)
                  && (edited == null || edited.id().equals(summary.runbook()));
          if (wanted) {
            List<JournalEntry> entries = store.entries(summary.id());
            if (entries.getFirst() instanceof Event.Opened opened) {
              told.add(replay(language, opened, entries, edited));
            }
          }
        }
      }
    }
    return told;
  }

  private Instant from() {
    return since == null
        ? Instant.EPOCH
        : InstantSource.system()
            .instant()
            .minus(
                Quantities.duration(since)
                    .orElseThrow(
                        () ->
                            new UsageException(
                                "--since: expected a duration such as `7d`, found `"
                                    + since
                                    + "`")));
  }

  private Told replay(
      Language language,
      Event.Opened opened,
      List<JournalEntry> entries,
      @Nullable CheckedRunbook edited)
      throws IOException {
    CheckedRunbook then = recorded.get(opened.runbookText());
    if (then == null) {
      Checked<CheckedRunbook> checked =
          language.loader().load(new SourceFile(opened.runbook() + ".yaml", opened.runbookText()));
      then = checked.valueOrNull();
      if (then == null) {
        return new Told(
            opened,
            "",
            null,
            "its runbook cannot be read by this version: "
                + checked.diagnostics().getFirst().message());
      }
      recorded.put(opened.runbookText(), then);
    }
    CheckedRunbook known = edited == null ? shipped(language, opened.runbook()) : edited;
    CheckedRunbook today = known == null ? then : known;
    boolean same = today.source().text().equals(then.source().text());
    String against =
        same
            ? "the text that was recorded"
            : today.source().name() + ", version " + today.runbook().metadata().version();
    return new Told(opened, against, replayer.replay(entries, then, same ? then : today), null);
  }

  private @Nullable CheckedRunbook shipped(Language language, String id) throws IOException {
    Optional<CheckedRunbook> known = shipped.get(id);
    if (known == null) {
      known = Optional.empty();
      for (SourceFile file : Library.runbooks()) {
        if (Library.mayDeclare(file, id)) {
          Optional<CheckedRunbook> found = language.loader().load(file).value();
          known = found.filter(runbook -> runbook.id().equals(id));
        }
        if (known.isPresent()) {
          break;
        }
      }
      shipped.put(id, known);
    }
    return known.orElse(null);
  }

  /**
   * What came of one run.
   *
   * @param unreadable why nothing could be replayed; null where it could
   */
  private record Told(
      Event.Opened opened,
      String against,
      @Nullable Replayed replayed,
      @Nullable String unreadable) {

    boolean isSame() {
      return replayed != null && replayed.isSame();
    }

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("run", opened.run().value());
      json.put("runbook", opened.runbook());
      json.put("against", against);
      json.put("same", isSame());
      json.put("unreadable", unreadable);
      if (replayed != null) {
        json.put("transitions", replayed.transitions());
        Parting parting = replayed.parting();
        if (parting != null) {
          Map<String, Object> where = new LinkedHashMap<>();
          where.put("entry", parting.entry());
          where.put("at", parting.at().toString());
          where.put("then", parting.then());
          where.put("now", parting.now());
          json.put("parting", where);
        }
        json.put(
            "missing",
            replayed.missing().stream()
                .map(
                    one ->
                        Map.of("read", one.read(), "action", one.action(), "reason", one.reason()))
                .toList());
      }
      return json;
    }
  }

  private void story(Told told) {
    Terminal terminal = common.terminal();
    Replayed replayed = told.replayed();
    terminal.out().println("run " + told.opened().run() + " of " + told.opened().runbook());
    if (replayed == null) {
      terminal.out().println(terminal.styled(Style.RED, String.valueOf(told.unreadable())));
      return;
    }
    terminal.out().println("with " + told.against());
    for (Replayed.MissingRead one : replayed.missing()) {
      terminal
          .out()
          .println(
              terminal.styled(Style.YELLOW, "unavailable ")
                  + one.read()
                  + " ("
                  + one.action()
                  + "): "
                  + one.reason());
    }
    Parting parting = replayed.parting();
    if (parting == null) {
      terminal
          .out()
          .println(
              terminal.styled(Style.GREEN, "same transitions (" + replayed.transitions() + ")"));
      return;
    }
    terminal
        .out()
        .println(
            terminal.styled(
                Style.RED,
                "parts at entry "
                    + parting.entry()
                    + ", "
                    + parting.at()
                    + ", after "
                    + replayed.transitions()
                    + (replayed.transitions() == 1 ? " same transition" : " same transitions")));
    terminal.out().println(terminal.styled(Style.FAINT, "  - then   + now"));
    for (String line : parting.diff()) {
      terminal
          .out()
          .println(
              switch (line.charAt(0)) {
                case '-' -> terminal.styled(Style.RED, line);
                case '+' -> terminal.styled(Style.GREEN, line);
                default -> line;
              });
    }
  }

  private void table(List<Told> told) {
    Terminal terminal = common.terminal();
    int same = 0;
    int parted = 0;
    int unread = 0;
    for (Told one : told) {
      Replayed replayed = one.replayed();
      String outcome;
      if (replayed == null) {
        unread++;
        outcome = terminal.styled(Style.YELLOW, "unreadable  ") + one.unreadable();
      } else if (replayed.parting() == null) {
        same++;
        outcome =
            terminal.styled(Style.GREEN, "same        ") + replayed.transitions() + " transitions";
      } else {
        parted++;
        Parting parting = replayed.parting();
        String first =
            parting.diff().stream().filter(line -> line.startsWith("+ ")).findFirst().orElse("");
        outcome =
            terminal.styled(Style.RED, "parts       ")
                + "entry "
                + parting.entry()
                + (first.isEmpty() ? "" : "  " + first);
      }
      terminal.out().println(one.opened().run() + "  " + one.opened().runbook() + "  " + outcome);
    }
    terminal
        .out()
        .println(
            told.size()
                + " runs: "
                + same
                + " same, "
                + parted
                + " parted"
                + (unread == 0 ? "" : ", " + unread + " unreadable"));
  }
}
