package io.byteport.adapter.host.mapping;

import io.byteport.dsl.value.Percent;
import io.byteport.engine.spi.ActionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads /proc/stat, /proc/pressure and /proc/sys/fs/file-nr (proc(5),
 * Documentation/accounting/psi).
 */
public final class ProcStatMapper {
  private static final Pattern PRESSURE =
      Pattern.compile("(some|full) avg10=([0-9.]+) avg60=([0-9.]+) avg300=([0-9.]+) total=\\d+");

  private ProcStatMapper() {}

  /** The time of all processors since boot, in ticks. */
  public record CpuTimes(long user, long system, long idle, long iowait, long steal) {
    long total() {
      return user + system + idle + iowait + steal;
    }
  }

  /**
   * What the processors did between two readings.
   *
   * @param used everything but idle and waiting
   */
  public record CpuUse(Percent used, Percent user, Percent system, Percent iowait, Percent steal) {}

  public static CpuTimes cpu(String stat) throws ActionException {
    for (String line : stat.split("\n", -1)) {
      if (line.startsWith("cpu ")) {
        String[] f = line.strip().split("\\s+");
        if (f.length >= 5) {
          long[] ticks = new long[11];
          for (int i = 1; i < Math.min(f.length, 11); i++) {
            ticks[i] = f[i].matches("\\d{1,18}") ? Long.parseLong(f[i]) : 0;
          }
          return new CpuTimes(
              ticks[1] + ticks[2], ticks[3] + ticks[6] + ticks[7], ticks[4], ticks[5], ticks[8]);
        }
      }
    }
    throw Malformed.answer("/proc/stat", stat);
  }

  public static CpuUse between(CpuTimes before, CpuTimes after) {
    long total = Math.max(1, after.total() - before.total());
    long idle = after.idle() - before.idle();
    long iowait = after.iowait() - before.iowait();
    return new CpuUse(
        share(total - idle - iowait, total),
        share(after.user() - before.user(), total),
        share(after.system() - before.system(), total),
        share(iowait, total),
        share(after.steal() - before.steal(), total));
  }

  private static Percent share(long part, long whole) {
    return new Percent(Math.clamp(part * 100.0 / whole, 0, 100));
  }

  /** The share of the last 10, 60 and 300 s in which some, or all, tasks waited. */
  public record Stall(Percent avg10, Percent avg60, Percent avg300) {}

  /** By {@code some} and {@code full}. */
  public static Map<String, Stall> pressure(String text) {
    Map<String, Stall> stalls = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      Matcher stall = PRESSURE.matcher(line);
      if (stall.matches()) {
        stalls.put(
            stall.group(1),
            new Stall(percent(stall.group(2)), percent(stall.group(3)), percent(stall.group(4))));
      }
    }
    return stalls;
  }

  private static Percent percent(String text) {
    return new Percent(Double.parseDouble(text));
  }

  /** Allocated less free, and the maximum. */
  public record FileDescriptors(long used, long maximum) {}

  public static FileDescriptors fileNr(String text) throws ActionException {
    String[] fields = text.strip().split("\\s+");
    if (fields.length != 3 || !text.strip().matches("[0-9\\s]+")) {
      throw Malformed.answer("/proc/sys/fs/file-nr", text);
    }
    long maximum = fields[2].length() > 15 ? 1L << 52 : Long.parseLong(fields[2]);
    return new FileDescriptors(Long.parseLong(fields[0]) - Long.parseLong(fields[1]), maximum);
  }
}
