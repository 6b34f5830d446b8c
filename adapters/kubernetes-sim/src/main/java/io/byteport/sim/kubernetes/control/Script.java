package io.byteport.sim.kubernetes.control;

import java.time.Instant;
import java.util.TreeMap;

/** What the scenario does to the cluster at given times. */
final class Script implements Controller {
  private final TreeMap<Instant, Runnable> scenes = new TreeMap<>();

  void at(Instant when, Runnable scene) {
    scenes.merge(
        when,
        scene,
        (first, second) ->
            () -> {
              first.run();
              second.run();
            });
  }

  @Override
  public void reconcile(Instant now) {
    while (!scenes.isEmpty() && !scenes.firstKey().isAfter(now)) {
      scenes.pollFirstEntry().getValue().run();
    }
  }

  @Override
  public Instant nextDue(Instant now) {
    return scenes.isEmpty() ? Instant.MAX : scenes.firstKey();
  }
}
