package io.byteport.sim.host.system;

import io.byteport.sim.host.scenario.Scenario.ContainersSpec;
import io.byteport.sim.host.scenario.Scenario.ImageSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a container runtime keeps, as files of its directory. Mutable; guarded by the machine. */
public final class Images {
  private final Files files;
  private final InstantSource clock;
  private final String runtime;
  private final List<Kept> kept = new ArrayList<>();

  /** What a piece of the disk is for. */
  public enum Use {
    IMAGE,
    CONTAINER,
    BUILD_CACHE
  }

  /**
   * A piece of the disk of the runtime.
   *
   * @param needed by a container that runs
   */
  public record Kept(Use use, String name, String path, boolean needed) {}

  Images(Optional<ContainersSpec> spec, Files files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
    this.runtime = spec.map(ContainersSpec::runtime).orElse("");
    spec.ifPresent(this::fill);
  }

  private void fill(ContainersSpec spec) {
    String root = "/var/lib/" + spec.runtime();
    int number = 0;
    for (ImageSpec image : spec.images()) {
      String path = root + "/overlay2/layer-" + ++number + "/diff";
      keep(new Kept(Use.IMAGE, image.name(), path, image.used()), image.size(), image.age());
    }
    if (spec.stopped() > 0) {
      String path = root + "/containers/stopped/log";
      keep(new Kept(Use.CONTAINER, "stopped", path, false), spec.stopped(), Duration.ofDays(20));
    }
    if (spec.buildCache() > 0) {
      String path = root + "/buildkit/cache";
      keep(new Kept(Use.BUILD_CACHE, "cache", path, false), spec.buildCache(), Duration.ofDays(20));
    }
  }

  private void keep(Kept each, long size, Duration age) {
    files.add(Insides.aged(each.path(), size, age));
    kept.add(each);
  }

  /** The runtime; empty where there is none. */
  public String runtime() {
    return runtime;
  }

  public List<Kept> all() {
    return List.copyOf(kept);
  }

  /** In bytes. */
  public long size(Kept each) {
    return files.at(each.path()).map(inode -> inode.size(clock.instant())).orElse(0L);
  }

  /** Removes what nobody needs, and what is at least so old. */
  public long prune(List<Use> uses, Duration olderThan) {
    long bytes = 0;
    for (Kept each : List.copyOf(kept)) {
      boolean old =
          files
              .at(each.path())
              .filter(
                  inode ->
                      !inode.modifiedAt(clock.instant()).isAfter(clock.instant().minus(olderThan)))
              .isPresent();
      if (uses.contains(each.use()) && !each.needed() && old) {
        bytes += size(each);
        files.delete(each.path());
        kept.remove(each);
      }
    }
    return bytes;
  }
}
