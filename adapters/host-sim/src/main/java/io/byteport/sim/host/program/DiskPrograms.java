package io.byteport.sim.host.program;

import io.byteport.sim.host.system.Files;
import io.byteport.sim.host.system.Inode;
import io.byteport.sim.host.system.Insides;
import io.byteport.sim.host.system.Mount;
import io.byteport.sim.host.system.NoSuchFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code df} and what else tells sizes of filesystems. */
final class DiskPrograms {
  private static final int DEPTH = 4;

  private DiskPrograms() {}

  static Map<String, Program> all() {
    return Map.of(
        "df", DiskPrograms::df,
        "byteport-largest", DiskPrograms::largest,
        "byteport-device", DiskPrograms::device,
        "byteport-grow", DiskPrograms::grow);
  }

  private static Reply df(Call call) throws NoSuchFile {
    Insides machine = call.machine();
    boolean inodes = call.arguments().contains("-Pi");
    List<Mount> mounts = new ArrayList<>();
    for (String path : call.operands()) {
      mounts.add(machine.files().mount(machine.files().real(path)));
    }
    StringBuilder table =
        new StringBuilder(
            inodes
                ? "Filesystem Inodes IUsed IFree IUse% Mounted on\n"
                : "Filesystem Type 1024-blocks Used Available Capacity Mounted on\n");
    for (Mount mount : call.operands().isEmpty() ? machine.files().mounts() : mounts) {
      table.append(inodes ? inodes(machine, mount) : space(machine, mount));
    }
    return Reply.prints(table.toString());
  }

  private static String space(Insides machine, Mount mount) {
    long used = machine.files().used(mount, machine.tasks().held());
    long free = Math.max(0, mount.size() - mount.spec().reserved() - used);
    return String.format(
        Locale.ROOT,
        "%s %s %d %d %d %d%% %s\n",
        mount.spec().device(),
        mount.spec().type(),
        mount.size() / 1024,
        used / 1024,
        free / 1024,
        ceil(used, used + free),
        mount.path());
  }

  private static String inodes(Insides machine, Mount mount) {
    long all = mount.spec().inodes();
    long used = Math.min(all, machine.files().inodesUsed(mount, machine.tasks().held()));
    return String.format(
        Locale.ROOT,
        "%s %d %d %d %d%% %s\n",
        mount.spec().device(),
        all,
        used,
        all - used,
        ceil(used, all),
        mount.path());
  }

  private static long ceil(long part, long whole) {
    return whole <= 0 ? 0 : (part * 100 + whole - 1) / whole;
  }

  /** As du counts: each inode once, on one filesystem, directories down to a depth. */
  private static Reply largest(Call call) throws NoSuchFile {
    Files files = call.machine().files();
    String asked = call.argument(0);
    String root = files.real(asked);
    int device = files.behind(root).device();
    Map<String, Long> sizes = new TreeMap<>();
    Set<Inode> counted = new LinkedHashSet<>();
    List<String> paths = new ArrayList<>(List.of(root));
    paths.addAll(files.below(root));
    for (String path : paths) {
      Inode inode = files.at(path).orElseThrow();
      if (inode.device() == device && counted.add(inode)) {
        long kib = inode.blocks(call.machine().now()) / 2;
        String relative = path.length() <= root.length() ? "" : path.substring(root.length());
        String[] names = (root.equals("/") ? "/" + relative : relative).split("/", -1);
        boolean directory = inode.kind() == Inode.Kind.DIRECTORY;
        StringBuilder at = new StringBuilder(root.equals("/") ? "" : root);
        sizes.merge(root, kib, Long::sum);
        int deepest = Math.min(DEPTH, directory ? names.length - 1 : names.length - 2);
        for (int i = 1; i <= deepest; i++) {
          if (!names[i].isEmpty()) {
            sizes.merge(at.append('/').append(names[i]).toString(), kib, Long::sum);
          }
        }
      }
    }
    return Reply.nulSeparated(
        sizes.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(Long.parseLong(call.argument(1)))
            .map(entry -> entry.getValue() + "\t" + entry.getKey())
            .toList());
  }

  private static Reply device(Call call) throws NoSuchFile {
    Files files = call.machine().files();
    Mount mount = files.mount(files.real(call.argument(0)));
    return Reply.nulSeparated(
        List.of(
            mount.spec().device(),
            mount.spec().type(),
            mount.path(),
            Long.toString(mount.size()),
            Long.toString(mount.spec().deviceSize())));
  }

  private static Reply grow(Call call) {
    Mount mount = call.machine().files().mount(call.argument(2));
    mount.grow();
    call.machine().changes().add("grew " + mount.path() + " to " + mount.size() + " bytes");
    return Reply.SILENT;
  }
}
