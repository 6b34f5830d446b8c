package io.byteport.adapter.host.mapping;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a JVM's jcmd(1) and a command line of Node.js say about a heap. */
public final class HeapMapper {
  /**
   * G1, Parallel, Serial: {@code total 524288K, used 91136K}; ZGC, Shenandoah: {@code used 12M}.
   */
  private static final Pattern USED = Pattern.compile("\\bused ([0-9]+)([KMG])\\b");

  private static final Pattern ZGC_USED = Pattern.compile("\\bused\\s+([0-9]+)([KMG]),");
  private static final Pattern XMX =
      Pattern.compile("(?:^| )-(?:Xmx|XX:MaxHeapSize=)([0-9]+)([kKmMgGtT]?)(?= |$)");
  private static final Pattern OLD_SPACE =
      Pattern.compile("(?:^| )--max[-_]old[-_]space[-_]size[= ]([0-9]+)(?= |$)");
  private static final Pattern GC_TIME =
      Pattern.compile("sun\\.gc\\.collector\\.[0-9]+\\.time=([0-9]+)");
  private static final Pattern RUN_TIME = Pattern.compile("sun\\.os\\.hrt\\.ticks=([0-9]+)");

  private HeapMapper() {}

  /** The sum over the generations that {@code jcmd GC.heap_info} tells; null if it tells none. */
  public static @Nullable DataSize used(String heapInfo) {
    long used = 0;
    boolean found = false;
    for (String line : heapInfo.split("\n", -1)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.contains("metaspace") || lower.contains("class space")) {
        continue;
      }
      Matcher matcher = USED.matcher(line);
      Matcher zgc = ZGC_USED.matcher(line);
      Matcher first = matcher.find() ? matcher : zgc.find() ? zgc : null;
      if (first != null) {
        used += scaled(first.group(1), first.group(2));
        found = true;
      }
    }
    return found ? new DataSize(used) : null;
  }

  /** What somebody set on the command line of a JVM, the last of several; null if nobody did. */
  public static @Nullable DataSize jvmCeiling(String command) {
    Matcher matcher = XMX.matcher(command);
    @Nullable DataSize last = null;
    while (matcher.find()) {
      last = new DataSize(scaled(matcher.group(1), matcher.group(2).toUpperCase(Locale.ROOT)));
    }
    return last;
  }

  /** The same of Node.js, in MiB there. */
  public static @Nullable DataSize nodeCeiling(String command) {
    Matcher matcher = OLD_SPACE.matcher(command);
    @Nullable DataSize last = null;
    while (matcher.find()) {
      last = new DataSize(scaled(matcher.group(1), "M"));
    }
    return last;
  }

  /**
   * Of {@code jcmd PerfCounter.print}: the time of all collectors in that of the JVM; null without.
   */
  public static @Nullable Percent gcOverhead(String counters) {
    long collecting = 0;
    boolean found = false;
    Matcher time = GC_TIME.matcher(counters);
    while (time.find()) {
      collecting += Long.parseLong(time.group(1));
      found = true;
    }
    Matcher run = RUN_TIME.matcher(counters);
    if (!found || !run.find() || Long.parseLong(run.group(1)) == 0) {
      return null;
    }
    return new Percent(Math.clamp(collecting * 100.0 / Long.parseLong(run.group(1)), 0, 100));
  }

  private static long scaled(String number, String unit) {
    long value = number.length() > 15 ? 0 : Long.parseLong(number);
    return switch (unit) {
      case "K" -> value << 10;
      case "M" -> value << 20;
      case "G" -> value << 30;
      case "T" -> value << 40;
      default -> value;
    };
  }
}
