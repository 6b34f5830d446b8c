package io.byteport.adapter.host.mapping;

import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.ActionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads /proc/meminfo and /proc/vmstat (proc(5)). */
public final class MeminfoMapper {
  private static final Pattern FIELD = Pattern.compile("([A-Za-z0-9_()]+):?\\s+(\\d+)(?: kB)?");

  private MeminfoMapper() {}

  /**
   * @param available without MemAvailable (before Linux 3.14) what is free, buffered and cached
   */
  public record Meminfo(DataSize total, DataSize available, DataSize swapTotal, DataSize swapFree) {

    public DataSize used() {
      return new DataSize(Math.max(0, total.bytes() - available.bytes()));
    }

    public DataSize swapUsed() {
      return new DataSize(Math.max(0, swapTotal.bytes() - swapFree.bytes()));
    }
  }

  public static Meminfo meminfo(String text) throws ActionException {
    Map<String, Long> fields = fields(text);
    Long total = fields.get("MemTotal");
    if (total == null || total == 0) {
      throw Malformed.answer("/proc/meminfo", text);
    }
    long guess =
        fields.getOrDefault("MemFree", 0L)
            + fields.getOrDefault("Buffers", 0L)
            + fields.getOrDefault("Cached", 0L);
    return new Meminfo(
        kib(total),
        kib(fields.getOrDefault("MemAvailable", guess)),
        kib(fields.getOrDefault("SwapTotal", 0L)),
        kib(fields.getOrDefault("SwapFree", 0L)));
  }

  /** Numbers by name. */
  public static Map<String, Long> fields(String text) {
    Map<String, Long> fields = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      Matcher field = FIELD.matcher(line.strip());
      if (field.matches() && field.group(2).length() <= 18) {
        fields.put(field.group(1), Long.parseLong(field.group(2)));
      }
    }
    return fields;
  }

  private static DataSize kib(long amount) {
    return new DataSize(amount * 1024);
  }
}
