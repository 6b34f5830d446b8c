package io.byteport.adapter.host.change;

import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.MachineFiles;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes through old files below roots. What holds for every sweep stands in {@link #SELECT}:
 *
 * <ul>
 *   <li>It works from inside the root, which must still be the directory that was looked at; find
 *       goes from directory to directory by file descriptors and follows no links, so that one that
 *       is swapped for a link meanwhile leads nowhere.
 *   <li>Only regular files of one filesystem; nothing that a process has open or mapped. Who may
 *       not see the processes of others touches only files of their own.
 *   <li>Never lastlog, wtmp, btmp, audit logs, the active access, error and auth logs, and the
 *       journal, which journalctl vacuums.
 * </ul>
 */
final class Sweep {
  /**
   * Arguments: the root, the age in seconds, the smallest size in bytes, the path whose filesystem
   * the root must be on, a pattern for the name (either may be empty), and two that are 1 or 0:
   * whether only what lies right in the root counts, and whether it must not have been read either.
   * Leaves the conditions of find in the positional parameters, with $cutoff for the time.
   */
  static final Script SELECT =
      new Script(
          "sweep",
          """
          root=$1 age=$2 larger=$3 mount=$4 named=$5 direct=$6 unread=$7
          cd -P -- "$root" || exit 1
          [ "$(pwd -P)" = "$root" ] || { printf '%s is no longer the same directory\\n' "$root" >&2; exit 9; }
          find --version 2>/dev/null | grep -q GNU || { echo 'find is not that of GNU' >&2; exit 8; }
          device=$(stat -c %d -- .)
          if [ -n "$mount" ] && [ "$(stat -L -c %d -- "$mount")" != "$device" ]; then exit 0; fi
          cutoff=$(( $(date +%s) - age ))
          inodes=$( { {
              find -L /proc/[0-9]*/fd -maxdepth 1 -printf '%D:%i\\n' 2>/dev/null
              find -L /proc/[0-9]*/cwd -maxdepth 0 -printf '%D:%i\\n' 2>/dev/null
            } | sed -n "s/^$device://p"
            cat /proc/[0-9]*/maps 2>/dev/null | awk '$5 > 0 { print $5 }'; } | sort -u)
          set -- ! -newermt "@$cutoff" \\
            ! -name lastlog ! -name 'lastlog[.-]*' ! -name wtmp ! -name 'wtmp[.-]*' ! -name btmp ! -name 'btmp[.-]*' \\
            ! -name 'audit.log*' ! -path '*/audit/*' ! -name access.log ! -name error.log ! -name auth.log \\
            ! -name '*.journal' ! -name '*.journal~'
          [ "$larger" -lt 0 ] || set -- "$@" -size +"$larger"c
          [ -z "$named" ] || set -- "$@" -name "$named"
          [ "$direct" = 0 ] || set -- "$@" ! -path './*/*'
          [ "$unread" = 0 ] || set -- "$@" ! -newerat "@$cutoff"
          [ "$(id -u)" = 0 ] || set -- "$@" -user "$(id -u)"
          for inode in $inodes; do set -- "$@" ! -inum "$inode"; done
          """);

  private final Visit visit;

  Sweep(Visit visit) {
    this.visit = visit;
  }

  /**
   * Which files are meant, beside what holds for every sweep.
   *
   * @param largerThan nothing below zero bytes is left out for its size
   * @param onMount files on another filesystem than that of this path are left alone
   * @param named a pattern for their names; null for any
   * @param direct only those right in a root
   * @param unread nor were they read for so long
   */
  record Choice(
      Duration olderThan,
      DataSize largerThan,
      @Nullable String onMount,
      @Nullable String named,
      boolean direct,
      boolean unread) {}

  /** What was done in all roots. */
  record Total(long files, DataSize freed) {}

  /**
   * Runs the rest of a script in every root.
   *
   * @param script goes on after {@link #SELECT}, of which it is made; prints for each file {@code
   *     device:inode links blocks} of 512 bytes, ended by NUL, with blocks below zero for what was
   *     taken instead
   * @param roots resolved
   * @throws ActionException if a root could not be gone through at all
   */
  Total through(List<String> roots, Choice choice, Script script)
      throws ActionException, InterruptedException {
    @Nullable String mount =
        choice.onMount() == null ? null : new MachineFiles(visit).real(choice.onMount());
    long files = 0;
    long freed = 0;
    for (String root : starts(roots, mount)) {
      Finished finished =
          visit.script(
              script,
              root,
              Long.toString(choice.olderThan().toSeconds()),
              Long.toString(choice.largerThan().bytes()),
              mount == null ? "" : mount,
              choice.named() == null ? "" : choice.named(),
              choice.direct() ? "1" : "0",
              choice.unread() ? "1" : "0");
      List<String> rows = Visit.nulSeparated(finished.stdout());
      boolean complains = !finished.succeeded() || !finished.stderr().text().isBlank();
      if (complains && rows.isEmpty()) {
        throw new ActionException(
            finished.failure(Effect.NONE).kind(),
            files == 0 ? Effect.NONE : Effect.UNKNOWN,
            root + ": " + finished.words(),
            null);
      }
      if (complains) {
        finished.stderr().text().lines().forEach(visit.context().progress()::says);
      }
      files += rows.size();
      freed += freed(rows);
    }
    return new Total(files, new DataSize(Math.max(0, freed)));
  }

  /** A mount point below a root is gone through itself, since find stays on one filesystem. */
  static List<String> starts(List<String> roots, @Nullable String mount) {
    List<String> starts = new ArrayList<>();
    for (String root : roots) {
      String start = mount != null && Roots.isWithin(mount, root) ? mount : root;
      if (!Roots.isSpared(start)
          && starts.stream().noneMatch(other -> Roots.isWithin(start, other))) {
        starts.add(start);
      }
    }
    return starts;
  }

  /** A file is freed when its last name is gone. */
  static long freed(List<String> rows) throws ActionException {
    Map<String, long[]> inodes = new LinkedHashMap<>();
    long bytes = 0;
    for (String row : rows) {
      String[] f = row.split(" ", -1);
      if (f.length != 3 || !f[1].matches("\\d+") || !f[2].matches("-?\\d+")) {
        throw new ActionException(
            FailureKind.INTERNAL, Effect.UNKNOWN, "find printed `" + row + "`", null);
      }
      long blocks = Long.parseLong(f[2]);
      if (blocks < 0 || f[0].isEmpty()) {
        bytes += blocks * 512;
        continue;
      }
      long[] inode = inodes.computeIfAbsent(f[0], key -> new long[3]);
      inode[0]++;
      inode[1] = Math.max(inode[1], Long.parseLong(f[1]));
      inode[2] = blocks;
    }
    for (long[] inode : inodes.values()) {
      bytes += inode[0] >= inode[1] ? inode[2] * 512 : 0;
    }
    return bytes;
  }
}
