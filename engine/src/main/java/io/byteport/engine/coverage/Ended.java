package io.byteport.engine.coverage;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.model.Step;
import io.byteport.engine.coverage.Point.Key;
import io.byteport.engine.coverage.Point.Kind;
import io.byteport.engine.run.ActionResult;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.Note.StepStatus;
import io.byteport.engine.run.Note.Verdict;
import io.byteport.engine.run.RunReport;
import io.byteport.engine.run.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads from the journal of one run why it ended as it did. */
final class Ended {
  private final CheckedRunbook checked;
  private final List<JournalEntry> journal;
  private final Set<Key> keys = new LinkedHashSet<>();

  Ended(CheckedRunbook checked, List<JournalEntry> journal) {
    this.checked = checked;
    this.journal = journal;
  }

  Set<Key> keys() {
    journal.stream()
        .filter(Note.Finished.class::isInstance)
        .forEach(entry -> ended(((Note.Finished) entry).report()));
    return keys;
  }

  private void ended(RunReport report) {
    if (report.result() == RunResult.RESOLVED) {
      add(Points.RUN, Points.RESOLVED);
    }
    if (report.result() != RunResult.ESCALATED || report.stoppedBy() != null) {
      return;
    }
    if (Points.UNKNOWN.equals(report.classId())) {
      add(Points.UNKNOWN, undecided() ? Points.UNDECIDED : Points.NO_RULE);
    } else if (!has(Note.Phase.PLAN)) {
      add(Points.RUN, Points.UNSURE);
    } else if (has(StepStatus.UNKNOWN)) {
      add(Points.RUN, Points.OUTCOME_UNKNOWN);
    } else if (!report.unmet().isEmpty()) {
      add(Points.RUN, Points.UNVERIFIED);
    } else if (isLive() && !isChanged() && !has(StepStatus.FAILED) && !isCalledFor()) {
      add(Points.RUN, Points.UNCHANGED);
    }
  }

  private void add(String name, String branch) {
    keys.add(new Key(Kind.ENDING, name, branch));
  }

  /** Whether the last pass left a rule undecided. */
  private boolean undecided() {
    List<Note.RuleJudged> pass = new ArrayList<>();
    for (JournalEntry entry : journal) {
      if (entry instanceof Note.PhaseEntered phase && phase.phase() == Note.Phase.CLASSIFY) {
        pass.clear();
      } else if (entry instanceof Note.RuleJudged judged) {
        pass.add(judged);
      }
    }
    return pass.stream().anyMatch(one -> one.inQuestion() && one.verdict() == Verdict.UNDECIDED);
  }

  private boolean has(Note.Phase phase) {
    return journal.stream()
        .anyMatch(entry -> entry instanceof Note.PhaseEntered one && one.phase() == phase);
  }

  private boolean has(StepStatus status) {
    return journal.stream()
        .anyMatch(entry -> entry instanceof Note.StepEnded one && one.status() == status);
  }

  private boolean isLive() {
    return journal.stream()
        .anyMatch(entry -> entry instanceof Event.Opened one && one.mode() == Mode.LIVE);
  }

  private boolean isChanged() {
    return journal.stream()
        .anyMatch(
            entry ->
                entry instanceof Event.ChangeFinished one
                    && one.result() instanceof ActionResult.Done done
                    && done.changed());
  }

  /** Whether a step of the runbook has called a human. */
  private boolean isCalledFor() {
    Map<String, Step> steps = checked.steps();
    return journal.stream()
        .anyMatch(
            entry ->
                entry instanceof Note.StepEnded one
                    && one.status() == StepStatus.DONE
                    && steps.get(one.step()) instanceof Step.Escalate);
  }
}
