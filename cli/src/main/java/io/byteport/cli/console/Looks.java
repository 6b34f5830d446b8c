package io.byteport.cli.console;

import io.byteport.cli.agent.AgentView;
import io.byteport.cli.agent.AgentView.LeftOut;
import io.byteport.cli.console.OverviewPage.Decided;
import io.byteport.cli.console.OverviewPage.OpenRun;
import io.byteport.cli.console.OverviewPage.Overview;
import io.byteport.cli.console.OverviewPage.Row;
import io.byteport.cli.console.RunbooksPage.Shelved;
import io.byteport.cli.console.SourcesPage.Ear;
import io.byteport.cli.gallery.SheetReader;
import io.byteport.cli.http.Visitor;
import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.expr.ExprPrinter;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.RunFilter;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.signal.EnabledRunbook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the agent for what pages show. Safe for several threads. */
final class Looks {
  /** Open runs on the overview. */
  private static final int OPEN = 30;

  /** Decisions on the overview. */
  private static final int DECIDED = 12;

  /** Alerts of each source. */
  private static final int HEARD = 30;

  private static final RunFilter OPEN_RUNS =
      new RunFilter(null, null, false, null, null, null, null);
  private static final RunFilter ENDED_RUNS =
      new RunFilter(null, null, true, null, null, null, null);

  private final AgentView agent;
  private final Function<CheckedRunbook, List<String>> cases;

  Looks(AgentView agent, Function<CheckedRunbook, List<String>> cases) {
    this.agent = agent;
    this.cases = cases;
  }

  AgentView agent() {
    return agent;
  }

  Scene scene(Visitor visitor) {
    AgentConfiguration configuration = agent.configuration();
    return new Scene(
        configuration.name(),
        configuration.live(),
        autonomy(configuration),
        visitor,
        agent.clock().instant(),
        agent.store().questions().size(),
        agent.health().reasons());
  }

  private static String autonomy(AgentConfiguration configuration) {
    int less = configuration.autonomy().size() + configuration.windows().size();
    return "changes are made, within guardrails"
        + (less == 0
            ? ""
            : "; "
                + Words.count(less, "rule or window allows", "rules and windows allow")
                + " less");
  }

  Overview overview() {
    List<RunSummary> open = agent.store().runs(OPEN_RUNS, OPEN + 1);
    return new Overview(
        open.stream().limit(OPEN).map(this::open).toList(),
        open.size() > OPEN,
        agent.store().questions(),
        agent.store().runs(ENDED_RUNS, DECIDED).stream().map(this::decided).toList(),
        agent.sources(),
        agent.channels(),
        policy(agent.configuration()));
  }

  private OpenRun open(RunSummary run) {
    return last(agent.store().entries(run.id()), Note.PhaseEntered.class)
        .map(phase -> new OpenRun(run, phase.phase(), phase.at()))
        .orElse(new OpenRun(run, Note.Phase.DIAGNOSE, run.openedAt()));
  }

  private Decided decided(RunSummary run) {
    Double confidence =
        run.classId() == null
            ? null
            : last(agent.store().entries(run.id()), Note.Classified.class)
                .map(Note.Classified::confidence)
                .orElse(null);
    return new Decided(run, confidence);
  }

  private static <T> Optional<T> last(List<JournalEntry> entries, Class<T> type) {
    return entries.reversed().stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private static List<Row> policy(AgentConfiguration configuration) {
    List<Row> rows = new ArrayList<>();
    configuration
        .autonomy()
        .forEach(level -> rows.add(new Row(level.level(), "where " + written(level.when()))));
    configuration
        .windows()
        .forEach(
            (name, window) ->
                rows.add(
                    new Row(
                        window.level(),
                        "in the window "
                            + name
                            + ", "
                            + time(window.time())
                            + (window.when() == null ? "" : ", where " + written(window.when())))));
    return rows;
  }

  private static String time(AgentConfiguration.Time time) {
    return switch (time) {
      case AgentConfiguration.Recurring recurring ->
          recurring.cron() + " " + recurring.zone() + " for " + Words.roughly(recurring.length());
      case AgentConfiguration.Once once -> "from " + once.from() + " until " + once.until();
    };
  }

  private static String written(TypedExpr condition) {
    return ExprPrinter.print(condition.syntax());
  }

  List<RunSummary> runs(RunQuery query) {
    return agent.store().runs(query.filter(), RunListPage.SIZE + 1);
  }

  Optional<RunLook> run(RunId run) {
    return agent
        .store()
        .run(run)
        .map(
            summary ->
                new RunLook(
                    summary,
                    agent.store().entries(run),
                    questions(run),
                    agent.told(run),
                    summary.finishedAt() != null));
  }

  private List<Question> questions(RunId run) {
    return agent.store().questions().stream()
        .filter(question -> question.run().equals(run))
        .toList();
  }

  /**
   * What a run asks.
   *
   * @param guardrail empty for whatever it asks
   */
  Optional<Question> question(RunId run, String guardrail) {
    return questions(run).stream()
        .filter(question -> guardrail.isEmpty() || question.guardrail().equals(guardrail))
        .findFirst();
  }

  /** All that run and all that are left out, ordered by id. */
  List<Shelved> runbooks() {
    List<Shelved> all = new ArrayList<>();
    agent.runbooks().forEach(one -> all.add(shelved(one.runbook(), null, List.of())));
    agent.leftOut().forEach(one -> all.add(shelved(one.runbook(), one.why(), List.of())));
    all.sort(Comparator.comparing(one -> one.sheet().about().id()));
    return List.copyOf(all);
  }

  Optional<Shelved> runbook(String id) {
    for (EnabledRunbook one : agent.runbooks()) {
      if (one.id().equals(id)) {
        return Optional.of(shelved(one.runbook(), null, cases.apply(one.runbook())));
      }
    }
    for (LeftOut one : agent.leftOut()) {
      if (one.runbook().id().equals(id)) {
        return Optional.of(shelved(one.runbook(), one.why(), cases.apply(one.runbook())));
      }
    }
    return Optional.empty();
  }

  private static Shelved shelved(
      CheckedRunbook runbook, @Nullable String leftOut, List<String> tests) {
    return new Shelved(SheetReader.of(runbook, tests), leftOut);
  }

  /** Ids that the list of runs offers. */
  List<String> runbookIds() {
    return agent.runbooks().stream().map(EnabledRunbook::id).sorted().toList();
  }

  List<Ear> ears() {
    return agent.sources().stream()
        .map(status -> new Ear(status, agent.heard(status.name(), HEARD)))
        .toList();
  }
}
