package io.byteport.engine.signal;

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
 * supersede each other do not.
 */
final class Supersession {
  private final List<Metadata> all;

  Supersession(Collection<EnabledRunbook> enabled) {
    this.all = enabled.stream().map(one -> one.runbook().runbook().metadata()).toList();
  }

  boolean holds(Metadata newer, Metadata older) {
    return reaches(newer, older) && !reaches(older, newer);
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
