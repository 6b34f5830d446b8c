package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Links;
import io.byteport.engine.run.Note;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Says what a runbook decides about an incident, why, and what would follow. */
@Command(
    name = "explain",
    description = {
      "Say what a runbook decides, why, and what it would do: of a case of a test, of a signal"
          + " with facts, or of a run in the journal. Nothing is touched.",
      "Exit status 0 when explained, 1 if a file has errors, 2 for wrong usage."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  byteport explain my.test.yaml --case 2",
      "  byteport explain my.yaml --signal s.json --facts f.yaml",
      "  byteport explain my.yaml --facts f.yaml --why-not my_class",
      "  byteport explain --run 20260105-1000 --fact my_fact",
      "  byteport explain --run 20260105-1000 --with edited.yaml"
    })
final class ExplainCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StateOptions state = new StateOptions();
  @Mixin private IncidentOptions incident = new IncidentOptions();
  @Mixin private UnsavedOption unsaved = new UnsavedOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUNBOOK|TEST",
      description = "The id of a runbook, a runbook's file, or a file of tests with --case.")
  private @Nullable String subject;

  @Option(
      names = "--case",
      paramLabel = "NAME|N",
      description = "A case of the tests, by a part of its name or its number.")
  private @Nullable String testCase;

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "A run in the journal, by the beginning of its id.")
  private @Nullable String run;

  @Option(
      names = "--with",
      paramLabel = "FILE",
      description = "With --run: what this runbook decides on what that run had read.")
  private @Nullable String edited;

  @Option(names = "--rule", paramLabel = "CLASS", description = "Show the rules of one class only.")
  private @Nullable String rule;

  @Option(
      names = "--fact",
      paramLabel = "NAME",
      description = "Show where the value of one fact comes from.")
  private @Nullable String fact;

  @Option(
      names = "--why-not",
      paramLabel = "CLASS",
      description = "Show the least that keeps a class from winning.")
  private @Nullable String whyNot;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "12",
      description = "How deep trees are drawn. Default: ${DEFAULT-VALUE}.")
  private int depth = 12;

  @Spec private CommandSpec spec;

  @Unmatched private List<String> rest = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (depth < 1) {
      throw new UsageException("--depth " + depth + ": expected 1 or more");
    }
    Language language = Language.load(unsaved.read());
    if (edited != null && run == null) {
      throw new UsageException(
          "--with needs --run ID: it asks an edited runbook about what a recorded run had read");
    }
    Account account = run == null ? told(language) : recorded(language, run);
    show(account);
    return ExitStatus.OK;
  }

  private Account told(Language language) throws IOException {
    String word = subject;
    if (word == null) {
      throw new UsageException(
          "expected a runbook with --signal and --facts, a file of tests with --case, or --run"
              + " ID; see `byteport explain --help`");
    }
    Incidents incidents = new Incidents(language);
    Incidents.Told told;
    if (testCase != null || Library.isTest(Path.of(word))) {
      refuseFlags();
      told = incidents.ofTest(Path.of(word), testCase);
    } else {
      told =
          incidents.ofFacts(
              runbook(language, word),
              incident.signal,
              incident.facts,
              incident.now(),
              rest,
              Complaints.options(spec));
    }
    return told.play(incident.params);
  }

  /** Where there is no such runbook, a misspelt option may be the reason: then that is said. */
  private CheckedRunbook runbook(Language language, String word) throws IOException {
    try {
      return language.find(word);
    } catch (UsageException none) {
      for (String flag : rest) {
        String meant = Complaints.meant(flag, Complaints.options(spec));
        if (!meant.isEmpty()) {
          throw new UsageException("unknown option `" + flag + "`" + meant, none);
        }
      }
      throw none;
    }
  }

  private void refuseFlags() {
    if (!rest.isEmpty()) {
      String word = rest.getFirst();
      throw new UsageException(
          "unexpected argument `" + word + "`" + Complaints.meant(word, Complaints.options(spec)));
    }
  }

  private Account recorded(Language language, String id) throws IOException {
    if (subject != null) {
      throw new UsageException(
          "expected either a runbook or --run, found `"
              + subject
              + "` and --run; an edited runbook is given by --with");
    }
    refuseFlags();
    List<JournalEntry> journal = new RecordedRuns(state).entries(id);
    if (edited != null) {
      CheckedRunbook runbook = language.find(edited);
      RecordedIncident met = RecordedIncident.of(journal, runbook);
      return new Incidents.Told(runbook, met.given(), met.later()).play(incident.params);
    }
    return Account.of(journal, replay(language, journal));
  }

  /** The run once more, as far as this version still reads its runbook. */
  static Account.@Nullable Replay replay(Language language, List<JournalEntry> journal) {
    if (!(journal.getFirst() instanceof Event.Opened opened)) {
      return null;
    }
    SourceFile text =
        new SourceFile(opened.runbook() + " " + opened.runbookVersion(), opened.runbookText());
    return language
        .loader()
        .load(text)
        .value()
        .map(
            runbook ->
                Account.Replay.of(new Interpreter(new Evaluator(), Links.NONE), runbook, journal))
        .orElse(null);
  }

  private void show(Account account) {
    Terminal terminal = common.terminal();
    boolean json = common.output() == Output.json;
    if (whyNot != null) {
      WhyNotScreen screen = new WhyNotScreen(account, known(whyNot, classes(account), "a class"));
      if (json) {
        Json.write(terminal.out(), screen.json());
      } else {
        screen.print(terminal);
      }
    } else if (fact != null) {
      fact(account, terminal, json, fact);
    } else if (json) {
      Map<String, Object> tree =
          edited == null ? ExplainJson.of(account) : ExplainJson.decision(account);
      Json.write(terminal.out(), tree);
    } else {
      ExplainScreen screen = new ExplainScreen(terminal, account, depth);
      if (rule != null) {
        screen.printRules(known(rule, classes(account), "a class"));
      } else if (edited != null) {
        screen.printDecision();
      } else {
        screen.print();
      }
    }
  }

  private void fact(Account account, Terminal terminal, boolean json, String name) {
    Account.Replay replay = account.replay();
    if (replay == null) {
      throw new UsageException(
          "the runbook of this run can no longer be read, so where its facts came from is not"
              + " known; `byteport runs show` tells what they were");
    }
    Set<String> facts = replay.runbook().runbook().diagnose().keySet();
    FactChain chain = new FactChain(replay);
    String known = known(name, facts, "a fact");
    if (json) {
      Json.write(terminal.out(), chain.json(known));
    } else {
      chain.print(terminal, known, depth);
    }
  }

  private static Set<String> classes(Account account) {
    Set<String> classes = new LinkedHashSet<>();
    account.rules().stream().map(Note.RuleJudged::classId).forEach(classes::add);
    return classes;
  }

  private static String known(String name, Set<String> names, String what) {
    if (names.contains(name)) {
      return name;
    }
    throw new UsageException(
        "expected "
            + what
            + " of the runbook, found `"
            + name
            + "`"
            + Suggestions.nearest(name, names)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse("; there is " + String.join(", ", names)));
  }
}
