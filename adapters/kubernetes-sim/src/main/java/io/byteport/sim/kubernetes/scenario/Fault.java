package io.byteport.sim.kubernetes.scenario;

import java.time.Duration;
import java.util.Optional;

/** Something that is wrong with a container. */
public sealed interface Fault {
  /** What the fault applies to. */
  Scope scope();

  /**
   * What a fault applies to.
   *
   * @param container the container's name
   * @param image if given, only containers that run this image suffer
   * @param from how long after the scenario's start it begins, empty for the beginning of the
   *     warm-up
   */
  record Scope(String container, Optional<String> image, Optional<Duration> from) {
    /** From the beginning on. */
    public Scope(String container, Optional<String> image) {
      this(container, image, Optional.empty());
    }

    boolean covers(String containerName, String containerImage) {
      return container.equals(containerName) && image.map(containerImage::equals).orElse(true);
    }
  }

  /** Whether a container of this name and image suffers from this fault. */
  default boolean covers(String container, String image) {
    return scope().covers(container, image);
  }

  /**
   * Killed for memory while its limit is lower than it needs.
   *
   * @param belowBytes what the container needs
   * @param after how long after a start
   */
  record OutOfMemory(Scope scope, long belowBytes, Duration after, String log) implements Fault {}

  /**
   * An image that cannot be pulled.
   *
   * @param why the registry's or the network's words; empty where no registry has it
   */
  record BadImage(Scope scope, String image, Optional<String> why) implements Fault {}

  /** Answers its probes only so long after a start. */
  record SlowStart(Scope scope, Duration startsAfter, String log) implements Fault {}

  /**
   * Gives up with exit code 1 while something it needs does not answer.
   *
   * @param upAfter how long after the scenario's start it answers again, empty for never
   * @param after how long after a start the container gives up
   */
  record Dependency(
      Scope scope, String host, int port, Optional<Duration> upAfter, Duration after, String log)
      implements Fault {}

  /**
   * Exits by itself, without a cause that can be seen.
   *
   * @param untilRestarted whether pods that a rollout restart has made are free of it
   * @param untilReplaced whether pods that were made since the scenario's start are free of it
   */
  record Crash(
      Scope scope,
      int exitCode,
      Duration after,
      String log,
      boolean untilRestarted,
      boolean untilReplaced)
      implements Fault {
    /** That no new pod is free of. */
    public Crash(Scope scope, int exitCode, Duration after, String log, boolean untilRestarted) {
      this(scope, exitCode, after, log, untilRestarted, false);
    }
  }
}
