package io.byteport.adapter.host.mapping;

import io.byteport.adapter.host.model.Filesystem;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code df -PTk}, {@code df -Pi} (POSIX.1-2017, df; one line each, whatever its length) and
 * /proc/self/mountinfo (proc(5)), which has the mount points as they are where df replaces odd
 * characters.
 */
public final class DfMapper {
  private static final Pattern SPACE =
      Pattern.compile("(.*?)\\s+(\\S+)\\s+(\\d+)\\s+(\\d+)\\s+(-?\\d+)\\s+(\\d+%|-)\\s(/.*)");
  private static final Pattern INODES =
      Pattern.compile("(.*?)\\s+(\\d+|-)\\s+(-?\\d+|-)\\s+(-?\\d+|-)\\s+(\\d+%|-)\\s(/.*)");
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");
  private static final Set<String> NOT_ON_DISK =
      Set.of(
          "tmpfs",
          "devtmpfs",
          "ramfs",
          "overlay",
          "squashfs",
          "proc",
          "sysfs",
          "cgroup",
          "cgroup2",
          "autofs",
          "iso9660",
          "udf",
          "efivarfs",
          "nsfs",
          "tracefs",
          "debugfs",
          "securityfs",
          "devpts",
          "mqueue",
          "hugetlbfs",
          "bpf",
          "pstore",
          "configfs",
          "fusectl",
          "binfmt_misc",
          "rpc_pipefs",
          "erofs");

  private DfMapper() {}

  /**
   * Every line that df tells sizes of.
   *
   * @param space of {@code df -PTk}
   * @param inodes of {@code df -Pi}
   * @param mountinfo empty where there is none
   */
  public static List<Filesystem> filesystems(String space, String inodes, String mountinfo) {
    Map<String, Percent> inodesUsed = inodesUsed(inodes);
    Map<String, String> mounts = mounts(mountinfo);
    List<Filesystem> filesystems = new ArrayList<>();
    for (String line : space.split("\n", -1)) {
      Matcher row = SPACE.matcher(line);
      if (row.matches()) {
        String mount = row.group(7);
        long used = Long.parseLong(row.group(4));
        long free = Math.max(0, Long.parseLong(row.group(5)));
        filesystems.add(
            new Filesystem(
                mounts.getOrDefault(mount, mount),
                row.group(1),
                row.group(2),
                new DataSize(Long.parseLong(row.group(3)) * 1024),
                new DataSize(used * 1024),
                new DataSize(free * 1024),
                share(used, used + free),
                inodesUsed.getOrDefault(mount, new Percent(0))));
      }
    }
    return filesystems;
  }

  /** Whether a filesystem keeps its data on a disk, here or elsewhere. */
  public static boolean isOnDisk(Filesystem filesystem) {
    return !NOT_ON_DISK.contains(filesystem.fsType())
        && !filesystem.fsType().startsWith("fuse.lxcfs")
        && !filesystem.fsType().startsWith("fuse.snapfuse")
        && filesystem.size().bytes() > 0;
  }

  private static Map<String, Percent> inodesUsed(String inodes) {
    Map<String, Percent> used = new LinkedHashMap<>();
    for (String line : inodes.split("\n", -1)) {
      Matcher row = INODES.matcher(line);
      if (row.matches() && !row.group(2).equals("-") && !row.group(3).equals("-")) {
        used.put(row.group(6), share(Long.parseLong(row.group(3)), Long.parseLong(row.group(2))));
      }
    }
    return used;
  }

  private static Percent share(long part, long whole) {
    return new Percent(whole <= 0 ? 0 : Math.clamp(part * 100.0 / whole, 0, 100));
  }

  /** Mount points by how df prints them. */
  private static Map<String, String> mounts(String mountinfo) {
    Map<String, String> mounts = new LinkedHashMap<>();
    for (String line : mountinfo.split("\n", -1)) {
      String[] fields = line.split(" ", 6);
      if (fields.length == 6) {
        String mount = unescaped(fields[4]);
        mounts.put(mount.replaceAll("\\p{Cntrl}", "?"), mount);
      }
    }
    return mounts;
  }

  /** Without the octal escapes of space, tab, newline and backslash. */
  static String unescaped(String escaped) {
    Matcher octal = OCTAL.matcher(escaped);
    return octal.replaceAll(
        found ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 8))));
  }
}
