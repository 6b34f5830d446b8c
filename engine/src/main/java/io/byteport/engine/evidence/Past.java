package io.byteport.engine.evidence;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What limits and locks said in a recorded run, as a test tells it: what was done before, and what
 * others hold.
 */
final class Past {
  private final CheckedRunbook runbook;
  private final Instant opened;

  /** By time, the limits that have seen a unit. */
  private final Map<Instant, Set<String>> units = new TreeMap<>();

  private final Map<String, String> holders = new LinkedHashMap<>();

  Past(CheckedRunbook runbook, Instant opened) {
    this.runbook = runbook;
    this.opened = opened;
  }

  void learn(List<JournalEntry> entries) {
    for (JournalEntry entry : entries) {
      switch (entry) {
        case Event.GuardrailsChecked checked -> checked.standings().forEach(this::learn);
        case Event.ChangeIntended intended -> intended.standings().forEach(this::learn);
        case Event.ChangeRefused refused -> refused.standings().forEach(this::learn);
        default -> {
          // says nothing of what was before
        }
      }
    }
  }

  private void learn(Standing standing) {
    if (standing.claim() instanceof Claim.Limit limit && !limit.isTally()) {
      standing.history().stream()
          .filter(at -> at.isBefore(opened))
          .forEach(
              at ->
                  units.computeIfAbsent(at, none -> new LinkedHashSet<>()).add(limit.guardrail()));
    }
    if (standing.claim() instanceof Claim.Lock lock && standing.holder() != null) {
      Guardrail guardrail = runbook.runbook().guardrails().get(lock.guardrail());
      if (guardrail != null && guardrail.rule() instanceof Guardrail.Lock rule) {
        holders.putIfAbsent(rule.name(), standing.holder().value());
      }
    }
  }

  List<Object> ledger() {
    List<Object> ledger = new ArrayList<>();
    units.forEach(
        (at, guardrails) -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          String step = step(guardrails);
          if (step != null) {
            entry.put("step", step);
            entry.put("at", new YamlText.Plain(at.toString()));
            ledger.add(entry);
          }
        });
    return ledger;
  }

  List<Object> locks() {
    List<Object> locks = new ArrayList<>();
    holders.forEach((lock, run) -> locks.add(Map.of("lock", lock, "by", run)));
    return locks;
  }

  /** The step that most of these guard, and that few others do. */
  private @Nullable String step(Set<String> guardrails) {
    String best = null;
    int most = Integer.MIN_VALUE;
    for (Runbook.Remediation remediation : runbook.runbook().remediate().values()) {
      for (Map.Entry<String, Set<String>> one : lineages(remediation).entrySet()) {
        int score = 0;
        for (Guardrail guardrail : runbook.runbook().guardrails().values()) {
          boolean guards =
              guardrail.guards().isEmpty()
                  || guardrail.guards().stream().anyMatch(id -> one.getValue().contains(id.name()));
          boolean limit = guardrail.rule() instanceof Guardrail.Limit;
          if (limit && guards) {
            score += guardrails.contains(guardrail.id().name()) ? 100 : -1;
          }
        }
        if (score > most) {
          most = score;
          best = one.getKey();
        }
      }
    }
    return most > 0 ? best : null;
  }

  /** The named steps that act, and the names under which each may be guarded. */
  private Map<String, Set<String>> lineages(Runbook.Remediation remediation) {
    Map<String, Set<String>> found = new LinkedHashMap<>();
    collect(remediation.steps(), Set.of(remediation.classId().name()), found);
    return found;
  }

  private void collect(List<Step> steps, Set<String> around, Map<String, Set<String>> found) {
    for (Step step : steps) {
      Set<String> names = new LinkedHashSet<>(around);
      names.add(step.head().id().name());
      switch (step) {
        case Step.Act act when step.head().given() -> {
          names.add(act.use().action().name());
          found.put(step.head().id().name(), names);
        }
        case Step.Group group -> collect(group.steps(), names, found);
        case Step.CallBlock call -> {
          Runbook.Block block = runbook.runbook().blocks().get(call.block().name());
          if (block != null) { // which calls none that leads back to it
            collect(block.steps(), names, found);
          }
        }
        case Step.Match match ->
            match.cases().values().forEach(one -> collect(one.steps(), names, found));
        default -> {
          // nothing that counts
        }
      }
    }
  }
}
