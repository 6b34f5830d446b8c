package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.model.Runbook.ActionUse;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What runbooks need to be allowed, and to find, so that they can do their work. Sorted.
 *
 * @param resources verbs by resource; one that only a run can know is named after the input that
 *     says it, as <code>{object}</code>
 * @param grants permissions of other systems, by system
 * @param binaries programs on the machines that they act on
 */
public record Requirements(
    Map<String, Set<String>> resources, Map<String, Set<String>> grants, Set<String> binaries) {

  public Requirements {
    resources = sorted(resources);
    grants = sorted(grants);
    binaries = Collections.unmodifiableSortedSet(new TreeSet<>(binaries));
  }

  /** Nothing at all. */
  public static final Requirements NONE = new Requirements(Map.of(), Map.of(), Set.of());

  /** What one runbook needs. */
  public static Requirements of(CheckedRunbook checked) {
    return of(checked, action -> true);
  }

  /**
   * What one runbook needs for some of its actions.
   *
   * @param counted for instance those that only read, where nothing is to be changed
   */
  public static Requirements of(CheckedRunbook checked, Predicate<ActionDescription> counted) {
    Subject subject =
        new Subject(
            checked.source(),
            checked.runbook(),
            checked.catalogue(),
            new StepTree(checked.runbook()));
    TouchedResources touched = new TouchedResources(subject, checked.typing());
    Map<String, Set<String>> resources = new TreeMap<>();
    Map<String, Set<String>> grants = new TreeMap<>();
    Set<String> binaries = new TreeSet<>();
    for (ActionUse use : subject.uses()) {
      checked
          .catalogue()
          .action(use.action().name())
          .filter(counted)
          .ifPresent(
              action -> {
                touched.possible(action, use).forEach((name, verbs) -> add(resources, name, verbs));
                action.prerequisites().grants().forEach((name, all) -> add(grants, name, all));
                binaries.addAll(action.prerequisites().binaries());
              });
    }
    return new Requirements(resources, grants, binaries);
  }

  /** What these and others need together. */
  public Requirements and(Requirements others) {
    Map<String, Set<String>> allResources = new TreeMap<>();
    Map<String, Set<String>> allGrants = new TreeMap<>();
    Set<String> allBinaries = new TreeSet<>(binaries);
    for (Requirements each : new Requirements[] {this, others}) {
      each.resources.forEach((name, verbs) -> add(allResources, name, verbs));
      each.grants.forEach((name, words) -> add(allGrants, name, words));
    }
    allBinaries.addAll(others.binaries);
    return new Requirements(allResources, allGrants, allBinaries);
  }

  private static void add(Map<String, Set<String>> to, String name, Iterable<String> words) {
    Set<String> all = to.computeIfAbsent(name, missing -> new TreeSet<>());
    words.forEach(all::add);
  }

  private static Map<String, Set<String>> sorted(Map<String, Set<String>> map) {
    Map<String, Set<String>> sorted = new TreeMap<>();
    map.forEach(
        (name, words) -> sorted.put(name, Collections.unmodifiableSortedSet(new TreeSet<>(words))));
    return Collections.unmodifiableMap(sorted);
  }
}
