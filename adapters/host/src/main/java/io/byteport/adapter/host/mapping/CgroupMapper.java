package io.byteport.adapter.host.mapping;

import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the memory of a control group, version 2 or 1 (Documentation/admin-guide/cgroup-v2,
 * v1/memory).
 */
public final class CgroupMapper {
  /** Version 1 says this much, rounded to pages, where there is no limit. */
  private static final long UNLIMITED = 1L << 62;

  private static final int PARTS = 5;

  private CgroupMapper() {}

  /**
   * @param max null without a limit
   */
  public record CgroupMemory(
      int version, DataSize current, DataSize rss, @Nullable DataSize max, long oomKills) {}

  /**
   * @param parts version, use, limit, memory.stat, and memory.events or memory.oom_control
   */
  public static CgroupMemory memory(List<String> parts) throws ActionException {
    if (parts.size() != PARTS || !parts.get(1).strip().matches("\\d{1,19}")) {
      throw Malformed.answer("the control group", String.join(" ", parts));
    }
    int version = parts.get(0).strip().equals("2") ? 2 : 1;
    Map<String, Long> stat = MeminfoMapper.fields(parts.get(3));
    Map<String, Long> events = MeminfoMapper.fields(parts.get(4));
    return new CgroupMemory(
        version,
        new DataSize(Long.parseLong(parts.get(1).strip())),
        new DataSize(
            version == 2
                ? stat.getOrDefault("anon", 0L)
                : stat.getOrDefault("total_rss", stat.getOrDefault("rss", 0L))),
        limit(parts.get(2).strip()),
        events.getOrDefault("oom_kill", 0L));
  }

  private static @Nullable DataSize limit(String text) {
    if (!text.matches("\\d{1,18}") && !text.matches("[1-8]\\d{18}")) {
      return null;
    }
    long bytes = Long.parseLong(text);
    return bytes >= UNLIMITED ? null : new DataSize(bytes);
  }
}
