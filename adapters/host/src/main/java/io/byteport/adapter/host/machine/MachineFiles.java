package io.byteport.adapter.host.machine;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Small files of a machine, read and written through one visit. */
public final class MachineFiles {
  private static final Script WRITE =
      new Script(
          "write",
          """
          set -e
          case $1 in */*) ;; *) exit 2 ;; esac
          umask 077
          temporary=$(mktemp -- "$1.XXXXXX")
          trap 'rm -f -- "$temporary"' EXIT
          cat > "$temporary"
          chmod -- "$2" "$temporary"
          if [ -e "$1" ]; then chown --reference="$1" -- "$temporary"; fi
          sync -- "$temporary" 2>/dev/null || sync
          mv -fT -- "$temporary" "$1"
          trap - EXIT
          """);

  private final Visit visit;

  public MachineFiles(Visit visit) {
    this.visit = visit;
  }

  /**
   * @param kind as stat says it: {@code regular file}, {@code directory}, {@code symbolic link}
   * @param mode octal, such as {@code 640}
   */
  public record Status(String kind, long size, String mode, String owner, Instant modifiedAt) {}

  /** What is there, links not followed; empty if nothing is. */
  public Optional<Status> status(String path) throws ActionException, InterruptedException {
    Finished stat = visit.run(Command.of("stat", "-c", "%F\t%s\t%a\t%U\t%Y", "--", absolute(path)));
    if (!stat.succeeded()) {
      ActionException failure = stat.failure(Effect.NONE);
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
    String[] fields = stat.stdout().text().strip().split("\t", -1);
    return Optional.of(
        new Status(
            fields[0],
            Long.parseLong(fields[1]),
            fields[2],
            fields[3],
            Instant.ofEpochSecond(Long.parseLong(fields[4]))));
  }

  /**
   * The bytes of a file, links followed.
   *
   * @param most a larger file is refused
   * @throws ActionException NOT_FOUND, FORBIDDEN, or INVALID for one that is too large
   */
  public byte[] read(String path, int most) throws ActionException, InterruptedException {
    Finished head =
        visit
            .run(
                Command.of("head", "-c", Integer.toString(most + 1), "--", absolute(path))
                    .keeping(most + 1))
            .orFail();
    if (head.stdout().total() > most) {
      throw ActionException.refused(
          FailureKind.INVALID, path + " is larger than " + most + " bytes");
    }
    return head.stdout().bytes();
  }

  /**
   * Puts a file in its place by a rename, so that nobody ever sees half of it. Its owner stays that
   * of the file before, if there is one.
   *
   * @param mode octal, such as {@code 600}
   */
  public void write(String path, byte[] bytes, String mode)
      throws ActionException, InterruptedException {
    if (!mode.matches("[0-7]{3,4}")) {
      throw new IllegalArgumentException("no mode: " + mode);
    }
    visit
        .run(Command.script(WRITE, List.of(absolute(path), mode)).withStdin(bytes))
        .orFail(Effect.UNKNOWN);
  }

  /** The path without links, dots and repeated slashes; all of it must exist. */
  public String real(String path) throws ActionException, InterruptedException {
    String real =
        visit.run(Command.of("realpath", "-ez", "--", absolute(path))).orFail().stdout().text();
    return real.endsWith("\0") ? real.substring(0, real.length() - 1) : real;
  }

  /**
   * @throws ActionException if a path does not begin with a slash
   */
  public static String absolute(String path) throws ActionException {
    if (!path.startsWith("/")) {
      throw ActionException.refused(
          FailureKind.INVALID, "expected a path from /, found `" + path + "`");
    }
    return path;
  }
}
