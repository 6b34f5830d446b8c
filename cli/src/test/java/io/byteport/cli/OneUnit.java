package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A systemd of one unit: a {@code systemctl} in a folder, for machines on which systemd does not
 * run. The unit's process is real, and in a control group of its name.
 */
final class OneUnit implements AutoCloseable {
  private static final Path MEMORY = Path.of("/sys/fs/cgroup/memory");

  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      cd "$(dirname "$0")" || exit 1
      start() {
        setsid ./unit "$1" > unit.log 2>&1 < /dev/null &
        echo $! > pid
        echo $! > "$(cat group)/cgroup.procs"
        date +%s%N > invocation
      }
      case $1 in
        begin) start FIRST ;;
        restart) kill -9 "$(cat pid)"; start AGAIN ;;
        show)
          wanted=$2; [ "$wanted" = --no-pager ] && wanted=$3
          printf 'Id=UNIT\\nLoadState=loaded\\nActiveState=active\\nNRestarts=0\\nInvocationID=%s\\nActiveEnterTimestamp=Mon 2026-01-05 03:04:05 UTC\\nResult=success\\nControlGroup=/system.slice/UNIT\\n' "$(cat invocation)" |
            case $wanted in
              --property=*,*) cat ;;
              *) grep "^${wanted#--property=}=" ;;
            esac ;;
        *) exit 1 ;;
      esac
      """;

  private final Path folder;
  private final Path group;

  /** Whether this machine has what it takes. */
  static boolean isPossible() {
    return Files.isWritable(MEMORY);
  }

  /**
   * Starts the unit.
   *
   * @param main the program, with one argument
   * @param jvm options of its virtual machine
   * @param first its argument at first
   * @param again its argument after a restart
   */
  OneUnit(
      Path folder, String name, int limitMib, Class<?> main, String jvm, String first, String again)
      throws Exception {
    this.folder = folder;
    this.group = MEMORY.resolve("system.slice").resolve(name);
    Files.createDirectories(group);
    Files.writeString(group.resolve("memory.limit_in_bytes"), limitMib + "M");
    Files.writeString(folder.resolve("group"), group.toString());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    program(
        "systemctl",
        SYSTEMCTL.replace("UNIT", name).replace("FIRST", first).replace("AGAIN", again));
    program("dmesg", "#!/bin/sh\nexit 0\n");
    program(
        "unit",
        "#!/bin/sh\nexec '%s' %s -XX:+UseSerialGC -cp '%s' %s \"$1\"\n"
            .formatted(java, jvm, classes, main.getName()));
    assertThat(
            new ProcessBuilder(folder.resolve("systemctl").toString(), "begin").start().waitFor())
        .isZero();
  }

  /** Waits until the unit has said something. */
  void await(String line) throws Exception {
    Path log = folder.resolve("unit.log");
    for (int i = 0; i < 600; i++) {
      if (Files.exists(log) && Files.readString(log).contains(line)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("never said: " + line + ", but " + Files.readString(log));
  }

  /** Of its process now. */
  long pid() throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(folder.resolve("pid"))) {
      ProcessHandle.of(pid())
          .ifPresent(
              handle -> {
                handle.destroyForcibly();
                handle.onExit().join();
              });
    }
    Files.deleteIfExists(group);
  }
}
