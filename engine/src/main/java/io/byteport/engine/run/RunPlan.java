package io.byteport.engine.run;

import io.byteport.dsl.value.Value.StructValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run would change, exactly: the steps as they came out when they were rehearsed. Two plans
 * with the same hash do the same with the same runbook.
 *
 * @param autonomy the level under which it was made
 * @param classId of the incident; null before it is classified
 * @param steps in order
 * @param then how the rehearsal ended after them, where that was not well; null otherwise
 * @param hash SHA-256 in hexadecimal over the class, the steps with their actions and inputs, and
 *     the runbook's text
 */
public record RunPlan(
    Autonomy autonomy,
    @Nullable String classId,
    List<Step> steps,
    @Nullable String then,
    String hash) {

  public RunPlan {
    steps = List.copyOf(steps);
  }

  /**
   * One change.
   *
   * @param key unique per item and iteration
   * @param input as far as it is known; the time of the rehearsal stands in it as {@code ${now}}
   * @param complete whether every input is known already
   * @param command what a person would type
   */
  public record Step(
      String key, String action, StructValue input, boolean complete, String command) {

    /** Whether this was shown to whoever approved the other: nothing that was known differs. */
    boolean isWithin(Step approved) {
      return key.equals(approved.key)
          && action.equals(approved.action)
          && (approved.complete
              ? input.equals(approved.input)
              : approved.input.fields().entrySet().stream()
                  .allMatch(field -> field.getValue().equals(input.fields().get(field.getKey()))));
    }
  }

  /** A plan with its hash. */
  public static RunPlan of(
      Autonomy autonomy,
      @Nullable String classId,
      List<Step> steps,
      @Nullable String then,
      String runbookText) {
    return new RunPlan(autonomy, classId, steps, then, PlanHash.of(classId, steps, runbookText));
  }

  /** The commands, in order. */
  public List<String> commands() {
    return steps.stream().map(Step::command).distinct().toList();
  }

  /** What is otherwise than in an earlier plan, one line each; empty where nothing is. */
  List<String> changesFrom(RunPlan before) {
    List<String> changes = new ArrayList<>();
    if (!Objects.equals(classId, before.classId)) {
      changes.add("the class is `" + classId + "`, it was `" + before.classId + "`");
    }
    Map<String, Step> left = new LinkedHashMap<>();
    before.steps.forEach(step -> left.put(step.key, step));
    for (Step step : steps) {
      Step old = left.remove(step.key);
      if (old == null) {
        changes.add("new: " + step.key + ": " + step.command);
      } else if (!step.command.equals(old.command)) {
        changes.add(step.key + ": " + step.command + ", it was: " + old.command);
      } else if (!step.equals(old)) {
        changes.add(step.key + ": its inputs are others: " + step.command);
      }
    }
    left.values().forEach(step -> changes.add("no more: " + step.key + ": " + step.command));
    if (changes.isEmpty() && !hash.equals(before.hash)) {
      changes.add("the steps come in another order");
    }
    return List.copyOf(changes);
  }
}
