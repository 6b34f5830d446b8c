package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that keeps every processor of this machine busy: found in the kernel's own numbers,
 * told to be spared and made nice for real, and restarted since that gives nobody any time back.
 * Only systemd is stood in for, and what takes minutes takes seconds.
 */
@Tag("real")
class RealCpuTest {
  private static final String UNIT = "byteport-burner.service";

  /** What others may use of the processors for the story to be about one program, in percent. */
  private static final int CALM = 30;

  @TempDir private Path folder;

  @Test
  void the_busiest_program_is_made_nice_and_restarted_where_that_brings_no_relief()
      throws Exception {
    assumeTrue(OneUnit.isPossible(), "this machine has no memory controller of version 1");
    int busy = busyPercent();
    assumeTrue(busy <= CALM, () -> "others keep the processors busy to " + busy + " %");
    Path runbook =
        Variant.file(
            folder,
            "cpu_saturation",
            Map.of(
                "      over: 90s\n    timeout: 2m",
                "      over: 3s\n    timeout: 2m",
                "default: -300, minimum: -600, maximum: -200",
                "default: " + score() + ", minimum: -600, maximum: 600"));
    String processors = Integer.toString(2 * Runtime.getRuntime().availableProcessors());
    try (OneUnit unit = new OneUnit(folder, UNIT, 200, Burner.class, "-Xmx32m", processors, "0")) {
      unit.await("burns " + processors);
      long before = unit.pid();
      Program run =
          Program.run(
              "run",
              runbook.toString(),
              "--live",
              "--host=here",
              "--connections=" + connections(),
              "--state=" + folder.resolve("state"),
              "--param=relief=5s");
      assertThat(run.err()).isEmpty();
      assertThat(run.out().replaceAll("\\s+", " "))
          .contains("sustained", "oom_score_adj " + score(), "→ 10", "restarted", "RESOLVED");
      assertThat(run.status()).isZero();
      assertThat(unit.pid()).isNotEqualTo(before);
      assertThat(ProcessHandle.of(before).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  private Path connections() throws IOException {
    return Files.writeString(
        folder.resolve("connections.yaml"),
        """
        apiVersion: byteport.io/v1
        kind: Connections
        connections:
          here:
            type: local
            services: [%s]
            labels: { byteport.restart/byteport-burner: safe }
            annotations: { byteport.io/auto-remediate: cpu }
            path: "%s:/usr/sbin:/usr/bin:/sbin:/bin"
        """
            .formatted(UNIT, folder));
  }

  /** What this machine lets a process be given: to spare one takes a capability. */
  private static int score() throws Exception {
    int status =
        new ProcessBuilder("sh", "-c", "echo -300 > /proc/self/oom_score_adj").start().waitFor();
    return status == 0 ? -300 : 300;
  }

  /** How busy the processors are over two seconds. */
  private static int busyPercent() throws Exception {
    long[] first = ticks();
    TimeUnit.SECONDS.sleep(2);
    long[] second = ticks();
    long all = Arrays.stream(second).sum() - Arrays.stream(first).sum();
    long idle = second[3] + second[4] - first[3] - first[4];
    return (int) (100 - 100 * idle / Math.max(1, all));
  }

  private static long[] ticks() throws IOException {
    String line = Files.readAllLines(Path.of("/proc/stat")).getFirst();
    return Arrays.stream(line.split(" +", -1)).skip(1).mapToLong(Long::parseLong).toArray();
  }
}
