package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.model.Fact;
import io.byteport.engine.run.Command;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunState;
import io.byteport.engine.sim.SimulatedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run decided and why, put together from its journal.
 *
 * @param facts what was known at the decision, by name
 * @param passes how often it was diagnosed
 * @param rules of the last pass, in order
 * @param decision of the last pass; null where none was made
 * @param guardrails in the order in which they were judged, those before the decision included
 * @param steps in the order in which they ended
 * @param expectations what each came to at the last look
 * @param report null while the run goes on
 * @param replay the run as it can be asked again; null where its runbook can't be read any more
 */
record Account(
    Event.Opened opened,
    Map<String, Note.FactLearned> facts,
    int passes,
    List<Note.RuleJudged> rules,
    Note.@Nullable Classified decision,
    List<Note.GuardrailJudged> guardrails,
    List<Note.StepEnded> steps,
    Map<String, Note.ExpectationJudged> expectations,
    @Nullable RunReport report,
    @Nullable Replay replay) {

  /**
   * A run of which every state is known.
   *
   * @param commands what was wanted after each event
   * @param states after each event
   */
  record Replay(
      Interpreter interpreter,
      CheckedRunbook runbook,
      List<Command> commands,
      List<RunState> states) {
    Replay {
      commands = List.copyOf(commands);
      states = List.copyOf(states);
    }

    static Replay of(Interpreter interpreter, SimulatedRun.Played played) {
      return new Replay(interpreter, played.state().runbook(), played.commands(), played.states());
    }

    /** Goes through the events of a journal once more. */
    static Replay of(Interpreter interpreter, CheckedRunbook runbook, List<JournalEntry> journal) {
      List<Command> commands = new ArrayList<>();
      List<RunState> states = new ArrayList<>();
      RunState state = RunState.of(runbook);
      for (JournalEntry entry : journal) {
        if (entry instanceof Event event) {
          var transition = interpreter.next(state, event);
          state = transition.state();
          states.add(state);
          commands.add(transition.command());
        }
      }
      return new Replay(interpreter, runbook, commands, states);
    }

    /** The state in which the decision stood and nothing had been done yet. */
    RunState decided() {
      return states.stream()
          .filter(
              state ->
                  switch (state.phase()) {
                    case DIAGNOSE, CLASSIFY -> false;
                    case PLAN, ACT, VERIFY, ROLL_BACK, END -> true;
                  })
          .findFirst()
          .orElse(states.getLast());
    }
  }

  /**
   * @throws UsageException if the journal does not begin with the opening of a run
   */
  static Account of(List<JournalEntry> journal, @Nullable Replay replay) {
    if (journal.isEmpty() || !(journal.getFirst() instanceof Event.Opened opened)) {
      throw new UsageException("the journal of this run has no beginning, so nothing explains it");
    }
    Builder builder = new Builder(opened);
    for (JournalEntry entry : journal) {
      if (entry instanceof Note note) {
        builder.take(note);
      }
    }
    return builder.build(replay);
  }

  /** The step of a key such as {@code reload#2} or {@code kill[3]}. */
  static String step(String key) {
    return key.replaceAll("(#[0-9]+)?(\\[[0-9]+])?$", "");
  }

  Optional<Replay> replayed() {
    return Optional.ofNullable(replay);
  }

  /** Whether a fact is read rather than computed; where that is not known, it may be. */
  boolean isRead(Note.FactLearned fact) {
    return !Boolean.TRUE.equals(fact.computed())
        && (replay == null
            || replay.runbook().runbook().diagnose().get(fact.fact()) instanceof Fact.Read);
  }

  /** Whether changes would have been, or were, only planned. */
  boolean dryRun() {
    return opened.mode() == io.byteport.engine.run.Mode.DRY_RUN
        || !opened.policy().forClass(decision == null ? null : decision.classId()).acts();
  }

  private static final class Builder {
    private final Event.Opened opened;
    private final Map<String, Note.FactLearned> facts = new LinkedHashMap<>();
    private final List<Note.RuleJudged> rules = new ArrayList<>();
    private final List<Note.GuardrailJudged> guardrails = new ArrayList<>();
    private final List<Note.StepEnded> steps = new ArrayList<>();
    private final Map<String, Note.ExpectationJudged> expectations = new LinkedHashMap<>();
    private Note.@Nullable Classified decision;
    private @Nullable RunReport report;
    private int passes = 1;
    private boolean looking;

    Builder(Event.Opened opened) {
      this.opened = opened;
    }

    void take(Note note) {
      switch (note) {
        case Note.PhaseEntered phase when phase.phase() == Note.Phase.DIAGNOSE -> {
          passes = phase.pass();
          looking = true;
          rules.clear();
          guardrails.clear();
        }
        case Note.PhaseEntered phase -> {}
        case Note.FactLearned fact -> {
          if (looking || decision == null || passes > 1 && steps.isEmpty()) {
            facts.put(fact.fact(), fact);
          }
        }
        case Note.RuleJudged rule -> rules.add(rule);
        case Note.Classified classified -> {
          decision = classified;
          looking = false;
        }
        case Note.GuardrailJudged guardrail -> guardrails.add(guardrail);
        case Note.StepEnded step -> steps.add(step);
        case Note.ExpectationJudged expectation ->
            expectations.put(expectation.expectation(), expectation);
        case Note.Asked asked -> {}
        case Note.AnswerIgnored ignored -> {}
        case Note.Announced announced -> {}
        case Note.Said said -> {}
        case Note.Finished finished -> report = finished.report();
      }
    }

    Account build(@Nullable Replay replay) {
      return new Account(
          opened,
          facts,
          passes,
          List.copyOf(rules),
          decision,
          List.copyOf(guardrails),
          List.copyOf(steps),
          expectations,
          report,
          replay);
    }
  }
}
