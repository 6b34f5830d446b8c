package io.byteport.adapter.host.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A process of this machine and all that it started, also what has lost its parent but not its
 * session (proc(5), /proc/pid/stat).
 */
final class ProcessTree {
  private static final int ROUNDS = 50;

  private ProcessTree() {}

  /** Kills until nothing is left; what appears meanwhile too. */
  static void kill(ProcessHandle root) {
    Set<ProcessHandle> members = members(root);
    for (int round = 0; round < ROUNDS && !members.isEmpty(); round++) {
      members.forEach(ProcessHandle::destroyForcibly);
      Set<ProcessHandle> next = new HashSet<>();
      for (ProcessHandle member : members) {
        next.addAll(members(member));
      }
      next.addAll(members(root));
      next.removeIf(member -> !member.isAlive());
      members = next;
    }
  }

  private static Set<ProcessHandle> members(ProcessHandle root) {
    Set<ProcessHandle> members = root.descendants().collect(Collectors.toSet());
    members.add(root);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        long pid = Long.parseLong(process.getFileName().toString());
        if (session(process) == root.pid()) {
          ProcessHandle.of(pid).ifPresent(members::add);
        }
      }
    } catch (IOException e) {
      return members; // no proc here: descendants are all that can be known
    }
    return members;
  }

  /** The session of a process; 0 if it is gone. */
  private static long session(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
      return Long.parseLong(fields[3]);
    } catch (IOException gone) {
      return 0;
    }
  }
}
