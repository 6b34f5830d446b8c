package io.byteport.sim.host.system;

import java.util.ArrayList;
import java.util.List;

/** What has changed on a machine since it began, in words. Guarded by the machine. */
public final class ChangeLog {
  private final List<String> changes = new ArrayList<>();

  /** Notes one. */
  public void add(String change) {
    changes.add(change);
  }

  /** Forgets what was there before the story. */
  void begin() {
    changes.clear();
  }

  public List<String> all() {
    return List.copyOf(changes);
  }
}
