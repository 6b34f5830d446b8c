package io.byteport.sim.host.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A simulated machine when the story begins. Ages are counted back from {@link #startAt}; what
 * grows does so from then on.
 *
 * @param name of the machine in the inventory
 * @param settings further ones of its entry there: lists of texts, such as {@code services}
 * @param labels of its entry in the inventory
 * @param annotations of its entry in the inventory
 * @param caches bytes by package manager, which thereby is installed
 * @param rotations what {@code logrotate} is configured to do
 * @param certificates what certbot keeps and nginx serves, the first of them; both programs are
 *     there only if there are some
 */
public record Scenario(
    String name,
    Instant startAt,
    Map<String, List<String>> settings,
    Map<String, String> labels,
    Map<String, String> annotations,
    HardwareSpec hardware,
    List<MountSpec> mounts,
    List<FileSpec> files,
    List<ProcessSpec> processes,
    List<UnitSpec> units,
    Optional<JournalSpec> journal,
    List<LogLine> kernelLog,
    Optional<ContainersSpec> containers,
    Map<String, Long> caches,
    List<RotationSpec> rotations,
    List<CertificateSpec> certificates,
    List<CommandSpec> commands) {

  public Scenario {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    mounts = List.copyOf(mounts);
    files = List.copyOf(files);
    processes = List.copyOf(processes);
    units = List.copyOf(units);
    kernelLog = List.copyOf(kernelLog);
    caches = Collections.unmodifiableMap(new LinkedHashMap<>(caches));
    rotations = List.copyOf(rotations);
    certificates = List.copyOf(certificates);
    commands = List.copyOf(commands);
  }

  /**
   * @param memory of the machine, in bytes
   * @param otherMemory bytes that no listed process holds
   * @param busy percent of the processors, by what /proc/stat calls it
   */
  public record HardwareSpec(
      String os,
      String kernel,
      String instanceId,
      Duration up,
      int cpus,
      long memory,
      long otherMemory,
      long swap,
      long swapUsed,
      Map<String, String> busy) {}

  /**
   * A filesystem.
   *
   * @param deviceSize larger than the filesystem where it can grow
   * @param reserved bytes that only root may use
   * @param other bytes of files that are not listed
   */
  public record MountSpec(
      String path,
      String device,
      String type,
      long size,
      long deviceSize,
      long reserved,
      long other,
      long inodes,
      long otherInodes) {}

  /**
   * A file, several of them, a directory or a link.
   *
   * @param path with {@code %d} for the number of each where there are several
   * @param text its content; without it only its size is known
   * @param link where it leads; empty for a file
   * @param count how many, from 1
   * @param age of the first
   * @param apart how much older each is than the one before
   * @param grows bytes an hour
   * @param compressesTo percent of its size that gzip leaves
   */
  public record FileSpec(
      String path,
      Optional<String> text,
      Optional<String> link,
      boolean directory,
      long size,
      int count,
      Duration age,
      Duration apart,
      long grows,
      double compressesTo,
      String mode,
      String owner) {}

  /**
   * A process.
   *
   * @param memory resident bytes now
   * @param atStart resident bytes when its unit starts anew
   * @param grows resident bytes more an hour
   * @param cpu percent of one processor since its start
   * @param cpuAtStart the same once its unit has been started anew
   * @param opens paths that it has open
   */
  public record ProcessSpec(
      String name,
      String command,
      Optional<String> unit,
      long memory,
      long atStart,
      long grows,
      double cpu,
      double cpuAtStart,
      Duration age,
      List<String> opens,
      int sockets,
      int threads) {}

  /**
   * A unit of systemd.
   *
   * @param age since it is in its state
   * @param stopsIn how long it takes to stop when asked; longer than a grace, and it is killed
   * @param memoryMax bytes that its control group may use; 0 for no limit
   * @param failsToStart what it says when it does not come up again; empty if it does
   */
  public record UnitSpec(
      String name,
      String state,
      int restarts,
      Duration age,
      Duration stopsIn,
      long memoryMax,
      Optional<String> failsToStart) {}

  /**
   * The journal: files of equal size, the oldest as old as said.
   *
   * @param size in bytes
   */
  public record JournalSpec(long size, int days, List<LogLine> lines) {}

  /** A line of the journal or of the kernel's log. */
  public record LogLine(String unit, Duration age, String level, String text) {}

  /**
   * Docker or containerd.
   *
   * @param runtime {@code docker} or {@code containerd}
   * @param buildCache bytes
   * @param stopped bytes of containers that do not run
   */
  public record ContainersSpec(
      String runtime, List<ImageSpec> images, long buildCache, long stopped) {}

  /** An image. */
  public record ImageSpec(String name, long size, boolean used, Duration age) {}

  /** A log that logrotate rotates when it is forced. */
  public record RotationSpec(String path, int keep, boolean compress) {}

  /**
   * A certificate that certbot keeps, in its folders below /etc/letsencrypt.
   *
   * @param name by which certbot knows it
   * @param domains that it is for; at least one
   * @param age since it was issued
   * @param left until its end
   * @param refused what certbot says since the authority issues nothing more; empty if it does
   */
  public record CertificateSpec(
      String name, List<String> domains, Duration age, Duration left, Optional<String> refused) {
    public CertificateSpec {
      domains = List.copyOf(domains);
    }
  }

  /**
   * A program that the machine has for the sake of the story.
   *
   * @param run its argv; {@code *} stands for any argument, {@code **} at the end for all others
   */
  public record CommandSpec(
      List<String> run, String prints, String complains, int status, List<EffectSpec> effects) {}

  /** What a declared command does: one of these. */
  public record EffectSpec(
      Optional<FileSpec> write, Optional<String> delete, Optional<String> unit, String state) {}

  /**
   * Reads a scenario.
   *
   * @param source named in errors
   * @throws ScenarioException naming the line, if the text is none
   */
  public static Scenario parse(String text, String source) {
    return new ScenarioReader(source).read(text);
  }

  /**
   * Reads one of the scenarios that come with this module.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Scenario named(String name) {
    String resource = "/byteport/sim/hosts/" + name + ".yaml";
    try (InputStream in = Scenario.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no machine `" + name + "`");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name + ".yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
