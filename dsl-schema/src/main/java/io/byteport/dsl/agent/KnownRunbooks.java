package io.byteport.dsl.agent;

import io.byteport.dsl.check.CheckedRunbook;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The runbooks that an agent has, as far as whoever reads its configuration knows them. */
public interface KnownRunbooks {

  /** The ids of all that are known, sound or not. */
  Set<String> ids();

  /** One of them; empty where it is not sound. */
  Optional<CheckedRunbook> find(String id);

  /** Whether these are all; else an id that is not among them may exist all the same. */
  boolean complete();

  /** Where runbooks are looked for. Asked once for each configuration, whatever it says. */
  @FunctionalInterface
  interface Shelf {
    /**
     * What the folders hold that a configuration names.
     *
     * @param folders as they are written
     * @param library whether those that come with the program are among them
     */
    KnownRunbooks in(Collection<String> folders, boolean library);
  }

  /** These and no others. */
  static KnownRunbooks of(Collection<CheckedRunbook> all) {
    Map<String, CheckedRunbook> byId = new LinkedHashMap<>();
    all.forEach(runbook -> byId.put(runbook.id(), runbook));
    return new KnownRunbooks() {
      @Override
      public Set<String> ids() {
        return byId.keySet();
      }

      @Override
      public Optional<CheckedRunbook> find(String id) {
        return Optional.ofNullable(byId.get(id));
      }

      @Override
      public boolean complete() {
        return true;
      }
    };
  }
}
