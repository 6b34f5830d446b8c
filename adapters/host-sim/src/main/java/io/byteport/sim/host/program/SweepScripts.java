package io.byteport.sim.host.program;

import io.byteport.sim.host.system.Files;
import io.byteport.sim.host.system.Inode;
import io.byteport.sim.host.system.Inode.Kind;
import io.byteport.sim.host.system.Insides;
import io.byteport.sim.host.system.NoSuchFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The scripts that go through old files. Their arguments: root, age in seconds, smallest size (or
 * less than zero), the path whose filesystem it must be on (or nothing), a pattern for the name (or
 * nothing), 1 for what lies right in the root only, 1 for what was not read either; nobody here
 * reads.
 */
final class SweepScripts {
  private static final Pattern NEVER =
      Pattern.compile(
          "(lastlog|wtmp|btmp)([.-].*)?|audit\\.log.*|(access|error|auth)\\.log|.*\\.journal~?");
  private static final Set<String> COMPRESSED =
      Set.of(
          "gz",
          "bz2",
          "xz",
          "zst",
          "lz4",
          "lzma",
          "zip",
          "Z",
          "7z",
          "tgz",
          "br",
          "journal",
          "journal~");

  private SweepScripts() {}

  static Map<String, Program> all() {
    return Map.of(
        "byteport-delete-list", call -> each(call, SweepScripts::listed),
        "byteport-delete", call -> each(call, SweepScripts::deleted),
        "byteport-compress-list", call -> each(call, SweepScripts::compressible),
        "byteport-compress", call -> each(call, SweepScripts::compressed),
        "byteport-delete-list-directories", call -> directories(call, false),
        "byteport-delete-directories", call -> directories(call, true));
  }

  /** What is done with a file; adds a row for it. */
  private interface Deed {
    void to(String path, Inode inode, Insides machine, List<String> rows);
  }

  private static Reply each(Call call, Deed deed) throws NoSuchFile {
    List<String> rows = new ArrayList<>();
    String root = root(call);
    if (isOnMount(call, root)) {
      for (String path : call.machine().files().below(root)) {
        Inode inode = call.machine().files().at(path).orElseThrow();
        if (isChosen(path, inode, root, call)) {
          deed.to(path, inode, call.machine(), rows);
        }
      }
    }
    return Reply.nulSeparated(rows);
  }

  private static String root(Call call) throws NoSuchFile {
    String root = call.argument(0);
    if (!call.machine().files().real(root).equals(root)) {
      throw new IllegalArgumentException(root + " is no longer the same directory");
    }
    return root;
  }

  private static boolean isOnMount(Call call, String root) throws NoSuchFile {
    String mount = call.argument(3);
    Files files = call.machine().files();
    return mount.isEmpty() || files.behind(mount).device() == files.behind(root).device();
  }

  private static boolean isChosen(String path, Inode inode, String root, Call call)
      throws NoSuchFile {
    Insides machine = call.machine();
    long larger = Long.parseLong(call.argument(2));
    String name = path.substring(path.lastIndexOf('/') + 1);
    String below = path.substring(root.length());
    return inode.kind() == Kind.FILE
        && inode.device() == machine.files().behind(root).device()
        && !inode.modifiedAt(machine.now()).isAfter(cutoff(call))
        && (larger < 0 || inode.size(machine.now()) > larger)
        && !NEVER.matcher(name).matches()
        && !below.contains("/audit/")
        && (call.argument(4).isEmpty() || glob(call.argument(4)).matcher(name).matches())
        && (!call.argument(5).equals("1") || below.lastIndexOf('/') == 0)
        && !machine.tasks().held().contains(inode);
  }

  private static Pattern glob(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString());
  }

  private static Instant cutoff(Call call) {
    return call.machine().now().minusSeconds(Long.parseLong(call.argument(1)));
  }

  private static String row(Inode inode, Insides machine) {
    return inode.device()
        + ":"
        + inode.number()
        + " "
        + inode.names()
        + " "
        + inode.blocks(machine.now());
  }

  private static void listed(String path, Inode inode, Insides machine, List<String> rows) {
    rows.add(row(inode, machine));
  }

  private static void deleted(String path, Inode inode, Insides machine, List<String> rows) {
    rows.add(row(inode, machine));
    machine.files().delete(path);
  }

  private static boolean isCompressible(String path, Inode inode) {
    return inode.names() == 1 && !COMPRESSED.contains(path.substring(path.lastIndexOf('.') + 1));
  }

  private static void compressible(String path, Inode inode, Insides machine, List<String> rows) {
    if (isCompressible(path, inode)) {
      rows.add(row(inode, machine));
    }
  }

  private static void compressed(String path, Inode inode, Insides machine, List<String> rows) {
    if (isCompressible(path, inode) && machine.files().at(path + ".gz").isEmpty()) {
      rows.add(" 0 " + compress(path, inode, machine));
    }
  }

  /** Puts a compressed file in the place of another, and says how many blocks less it has. */
  static long compress(String path, Inode inode, Insides machine) {
    long left = Math.round(inode.size(machine.now()) * inode.compressesTo() / 100);
    Inode small = machine.files().write(path + ".gz", left, inode);
    machine.files().delete(path);
    return inode.blocks(machine.now()) - small.blocks(machine.now());
  }

  private static Reply directories(Call call, boolean delete) throws NoSuchFile {
    List<String> rows = new ArrayList<>();
    String root = root(call);
    if (isOnMount(call, root)) {
      Files files = call.machine().files();
      for (String path : files.below(root)) {
        boolean right =
            files.at(path).filter(inode -> inode.kind() == Kind.DIRECTORY).isPresent()
                && path.indexOf('/', root.length() + 1) < 0;
        if (right && isOldAsAWhole(path, root, call)) {
          for (String each : files.below(path)) {
            files
                .at(each)
                .filter(inode -> inode.kind() == Kind.FILE)
                .ifPresent(inode -> listed(each, inode, call.machine(), rows));
          }
          if (delete) {
            files.delete(path);
          }
        }
      }
    }
    return Reply.nulSeparated(rows);
  }

  private static boolean isOldAsAWhole(String directory, String root, Call call) throws NoSuchFile {
    Files files = call.machine().files();
    int device = files.behind(root).device();
    List<String> paths = new ArrayList<>(List.of(directory));
    paths.addAll(files.below(directory));
    for (String path : paths) {
      Inode inode = files.at(path).orElseThrow();
      boolean old = !inode.modifiedAt(call.machine().now()).isAfter(cutoff(call));
      boolean mayGo = inode.kind() != Kind.FILE || isChosen(path, inode, root, call);
      if (!old || !mayGo || inode.device() != device) {
        return false;
      }
    }
    return true;
  }
}
