package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.StormSettings;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Runbook;
import io.byteport.engine.eval.Evaluation;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.run.AgentLimit;
import io.byteport.engine.run.Autonomy;
import io.byteport.engine.run.Policy;
import io.byteport.engine.run.StormLimits;
import io.byteport.engine.signal.OpeningEnvironment;
import io.byteport.engine.signal.Routing;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.spi.Inventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a run may go by itself, decided when it is opened. Of all entries of the configuration
 * that hold, and of the maintenance windows that are open, the lowest level counts; where none
 * holds it is {@code observe}. What cannot be decided lowers and never raises. Immutable.
 */
final class AgentPolicy {
  private static final String UNKNOWN = "unknown";

  /** One thing that may hold a run down. */
  private record Entry(@Nullable TypedExpr when, Autonomy level) {}

  private final AgentConfiguration configuration;
  private final Evaluator evaluator;
  private final Inventory inventory;
  private final List<AgentLimit> limits = new ArrayList<>();

  AgentPolicy(AgentConfiguration configuration, Evaluator evaluator, Inventory inventory) {
    this.configuration = configuration;
    this.evaluator = evaluator;
    this.inventory = inventory;
    configuration
        .limits()
        .forEach(
            (name, limit) ->
                limits.add(
                    new AgentLimit(
                        name, limit.limit(), limit.every(), limit.per(), limit.guards())));
  }

  /** For a run that is opened now. */
  Policy of(Routing.Chosen chosen, Signal signal, Instant now) {
    List<Entry> windows = open(now);
    Map<String, Autonomy> classes = new LinkedHashMap<>();
    Autonomy highest = Autonomy.OBSERVE;
    for (String classId : classes(chosen.runbook())) {
      Autonomy level = level(chosen, signal, classId, windows, now);
      classes.put(classId, level);
      highest = highest.compareTo(level) < 0 ? level : highest;
    }
    return new Policy(
        highest, classes, storm(configuration.storm()), limits, configuration.approvals().within());
  }

  private static StormLimits storm(StormSettings storm) {
    return new StormLimits(
        near(storm.node()), near(storm.namespace()), near(storm.cluster()), storm.window());
  }

  private static StormLimits.Limit near(StormSettings.Near near) {
    return new StormLimits.Limit(near.atOnce(), near.within());
  }

  private static Set<String> classes(CheckedRunbook runbook) {
    Set<String> classes = new LinkedHashSet<>();
    for (Runbook.Rule rule : runbook.runbook().classify().rules()) {
      classes.add(rule.classId().name());
    }
    classes.addAll(runbook.runbook().remediate().keySet());
    classes.add(UNKNOWN);
    return classes;
  }

  /** The windows that are open. */
  private List<Entry> open(Instant now) {
    List<Entry> open = new ArrayList<>();
    for (AgentConfiguration.Window window : configuration.windows().values()) {
      if (WindowTimes.isOpen(window.time(), now)) {
        open.add(new Entry(window.when(), autonomy(window.level())));
      }
    }
    return open;
  }

  private Autonomy level(
      Routing.Chosen chosen, Signal signal, String classId, List<Entry> windows, Instant now) {
    List<OpeningEnvironment> environments = new ArrayList<>();
    environments.add(environment(chosen, signal, classId, null, now));
    for (String action : chosen.runbook().actions(classId)) {
      environments.add(environment(chosen, signal, classId, action, now));
    }
    Autonomy certain = null;
    Autonomy lowest = Autonomy.ACT;
    for (AgentConfiguration.Level entry : configuration.autonomy()) {
      Autonomy level = autonomy(entry.level());
      Verdict verdict = verdict(entry.when(), environments);
      if (verdict == Verdict.HOLDS) {
        certain = certain == null ? level : certain.min(level);
      }
      if (verdict != Verdict.DOES_NOT) {
        lowest = lowest.min(level);
      }
    }
    if (certain == null) {
      return Autonomy.OBSERVE;
    }
    for (Entry window : windows) {
      TypedExpr when = window.when();
      if (when == null || verdict(when, environments) != Verdict.DOES_NOT) {
        lowest = lowest.min(window.level());
      }
    }
    return lowest;
  }

  private OpeningEnvironment environment(
      Routing.Chosen chosen, Signal signal, String classId, @Nullable String action, Instant now) {
    return new OpeningEnvironment(chosen, signal, inventory, classId, action, now);
  }

  private enum Verdict {
    HOLDS,
    PERHAPS,
    DOES_NOT
  }

  /** An entry holds for a class where it does for one of the actions that the class leads to. */
  private Verdict verdict(TypedExpr when, List<OpeningEnvironment> environments) {
    Verdict verdict = Verdict.DOES_NOT;
    for (OpeningEnvironment environment : environments) {
      Evaluation evaluation = evaluator.evaluate(when, environment);
      if (evaluation.isTrue()) {
        return Verdict.HOLDS;
      }
      if (!evaluation.isFalse()) {
        verdict = Verdict.PERHAPS;
      }
    }
    return verdict;
  }

  private static Autonomy autonomy(String word) {
    return Autonomy.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
