package io.byteport.adapter.host.change;

import io.byteport.adapter.host.machine.MachineFiles;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where files may be changed, and where never. */
final class Roots {
  /** Neither these nor what is above them; files right below them are somebody's system. */
  private static final Set<String> NEVER =
      Set.of(
          "/",
          "/home",
          "/media",
          "/mnt",
          "/opt",
          "/srv",
          "/usr",
          "/var",
          "/var/lib",
          "/var/spool",
          "/var/mail");

  /** Neither these nor anything below them. */
  private static final List<String> NEVER_BELOW =
      List.of(
          "/bin",
          "/boot",
          "/dev",
          "/etc",
          "/lib",
          "/lib32",
          "/lib64",
          "/libx32",
          "/proc",
          "/root",
          "/run",
          "/sbin",
          "/sys",
          "/usr/bin",
          "/usr/lib",
          "/usr/lib32",
          "/usr/lib64",
          "/usr/libexec",
          "/usr/local",
          "/usr/sbin",
          "/usr/share",
          "/var/backups",
          "/var/lib/apt",
          "/var/lib/containerd",
          "/var/lib/containers",
          "/var/lib/docker",
          "/var/lib/dpkg",
          "/var/lib/etcd",
          "/var/lib/kubelet",
          "/var/lib/mongodb",
          "/var/lib/mysql",
          "/var/lib/pacman",
          "/var/lib/pgsql",
          "/var/lib/postgresql",
          "/var/lib/redis",
          "/var/lib/rpm",
          "/var/lib/systemd",
          "/var/log/audit",
          "/var/log/journal",
          "/var/run",
          "/var/spool/cron");

  /** What no sweep touches wherever it is, so that what is above it may be a root. */
  private static final Set<String> SPARED = Set.of("/var/log/audit", "/var/log/journal");

  private Roots() {}

  /**
   * The roots as they are on the machine, links followed; those that are not there are left out.
   *
   * @throws ActionException INVALID if one is, or leads to, where nothing is changed
   */
  static List<String> resolved(List<String> roots, Visit visit)
      throws ActionException, InterruptedException {
    MachineFiles files = new MachineFiles(visit);
    List<String> resolved = new ArrayList<>();
    for (String root : roots) {
      check(root, root);
      if (files.status(root).isPresent()) {
        String real = files.real(root);
        check(root, real);
        if (!resolved.contains(real)) {
          resolved.add(real);
        }
      }
    }
    return resolved;
  }

  /**
   * @throws ActionException INVALID if nothing may be changed there
   */
  private static void check(String written, String path) throws ActionException {
    String clean = MachineFiles.absolute(path).replaceAll("/{2,}", "/").replaceAll("(?<=.)/$", "");
    @Nullable String why = null;
    if (Arrays.asList(clean.split("/", -1)).contains("..")
        || Arrays.asList(clean.split("/", -1)).contains(".")) {
      why = "holds `.` or `..`";
    } else if (path.chars().anyMatch(c -> c < ' ')) {
      why = "holds a control character";
    } else if (NEVER.contains(clean)
        || NEVER_BELOW.stream()
            .anyMatch(
                each ->
                    isWithin(clean, each) || (isWithin(each, clean) && !SPARED.contains(each)))) {
      why =
          (path.equals(written) ? "" : "leads to " + clean + ", which ") + "is part of the system";
    }
    if (why != null) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "`" + written + "` " + why + "; nothing is changed there. Name a directory below it");
    }
  }

  /** Whether no sweep goes through it, even where it is a filesystem of its own. */
  static boolean isSpared(String path) {
    return SPARED.stream().anyMatch(each -> isWithin(path, each));
  }

  /** Whether a path is another one, or lies below it. */
  static boolean isWithin(String path, String root) {
    return path.equals(root) || path.startsWith(root.equals("/") ? root : root + "/");
  }
}
