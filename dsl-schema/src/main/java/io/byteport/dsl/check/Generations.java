package io.byteport.dsl.check;

import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.Metadata;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which runbook supersedes which, by id or alias and over any number of generations. Two that
 * supersede each other do not. Immutable.
 */
public final class Generations {
  private final List<Metadata> all;

  /**
   * @param all the runbooks that are known; only through them does one supersede the older ones of
   *     another
   */
  public Generations(Collection<Metadata> all) {
    this.all = List.copyOf(all);
  }

  /** Whether one supersedes the other and not the reverse. */
  public boolean supersedes(Metadata newer, Metadata older) {
    return reaches(newer, older) && !reaches(older, newer);
  }

  /** Whether one of the two supersedes the other. */
  boolean decide(Metadata one, Metadata other) {
    return reaches(one, other) != reaches(other, one);
  }

  private boolean reaches(Metadata from, Metadata to) {
    Set<String> seen = new HashSet<>();
    Deque<String> names = new ArrayDeque<>(names(from.supersedes()));
    for (String name = names.poll(); name != null; name = names.poll()) {
      if (!seen.add(name)) {
        continue;
      }
      if (isCalled(to, name)) {
        return true;
      }
      for (Metadata one : all) {
        if (isCalled(one, name)) {
          names.addAll(names(one.supersedes()));
        }
      }
    }
    return false;
  }

  private static boolean isCalled(Metadata metadata, String name) {
    return metadata.id().name().equals(name) || names(metadata.aliases()).contains(name);
  }

  private static List<String> names(List<Id> ids) {
    return ids.stream().map(Id::name).toList();
  }
}
