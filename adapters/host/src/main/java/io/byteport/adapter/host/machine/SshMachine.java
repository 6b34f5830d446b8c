package io.byteport.adapter.host.machine;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.jspecify.annotations.Nullable;

/**
 * A machine behind SSH (RFC 4254, section 6.5). A program is a session of its own over there, so
 * that everything that it started can be found and killed; it is also under a timer over there, for
 * the case that the connection is lost.
 */
final class SshMachine implements Machine {
  /** How long the outputs may be silent after the program ended, where others hold them open. */
  private static final Duration DRAIN = Duration.ofSeconds(1);

  private static final int OPEN_ATTEMPTS = 20;
  private static final Duration OPEN_AGAIN = Duration.ofMillis(100);
  private static final CountDownLatch NEVER = new CountDownLatch(1);
  private static final Duration KILL = Duration.ofSeconds(10);
  private static final Duration OWN_TIMER_LATER = Duration.ofSeconds(30);

  /**
   * Says where it begins, and runs the rest of its arguments in an empty environment: the mark, the
   * seconds until the timer of that machine goes off, then variables, program and arguments.
   */
  private static final Script START =
      new Script(
          "start",
          """
          mark=$1 limit=$2; shift 2
          printf '%s %s\\n' "$mark" "$$"
          printf '%s\\n' "$mark" >&2
          cd / || exit 126
          if command -v timeout >/dev/null 2>&1; then
            exec timeout -s KILL "$limit" env -i HOME="$HOME" "$@"
          fi
          exec env -i HOME="$HOME" "$@"
          """);

  /** Kills a session and all descendants of its members, until there is none left. */
  private static final Script KILL_SESSION =
      new Script(
          "kill",
          """
          round=0
          while [ $round -lt 20 ]; do
            pids=$(cat /proc/[0-9]*/stat 2>/dev/null | awk -v root="$1" '
              { pid = $1; sub(/^.*\\) /, ""); if ($1 == "Z" || $1 == "X") next
                parent[pid] = $2; if (pid == root || $4 == root) member[pid] = 1 }
              END { do { more = 0
                      for (p in parent) if (!(p in member) && (parent[p] in member)) { member[p] = 1; more = 1 }
                    } while (more)
                    for (p in member) if (p in parent) print p }')
            [ -n "$pids" ] || exit 0
            kill -KILL $pids 2>/dev/null
            round=$((round + 1))
          done
          exit 1
          """);

  private final SshConnection connection;
  private final String path;

  SshMachine(SshConnection connection, String path) {
    this.connection = connection;
    this.path = path;
  }

  @Override
  public String name() {
    return connection.address().machine();
  }

  @Override
  public Finished run(Command command) throws ActionException, InterruptedException {
    command.check();
    Deadline deadline = Deadline.in(command.timeout());
    try (SshConnection.Lease lease = connection.lease(deadline)) {
      for (int attempt = 1; ; attempt++) {
        try {
          return run(command, lease.session(), deadline);
        } catch (ActionException e) {
          boolean full =
              e.getCause() instanceof SshException refused
                  && refused.getCause() instanceof SshChannelOpenException;
          if (!full || attempt == OPEN_ATTEMPTS) {
            throw e;
          }
          // channels that ended are counted over there until their processes are reaped
          if (NEVER.await(OPEN_AGAIN.toMillis(), TimeUnit.MILLISECONDS) || deadline.isOver()) {
            throw e;
          }
        }
      }
    }
  }

  private Finished run(Command command, ClientSession session, Deadline deadline)
      throws ActionException, InterruptedException {
    String mark = "@" + UUID.randomUUID();
    CountDownLatch opened = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    boolean ended = false;
    @Nullable ChannelExec channel = null;
    try (Capture stdout = new Capture(command.cap(), command.progress(), mark);
        Capture stderr = new Capture(command.cap(), command.progress(), mark)) {
      try {
        channel =
            session.createExecChannel(
                line(command, mark).getBytes(StandardCharsets.UTF_8), null, Map.of());
        channel.setIn(new ByteArrayInputStream(command.stdin()));
        channel.setOut(stdout);
        channel.setErr(stderr);
        channel.addChannelListener(
            new ChannelListener() {
              @Override
              public void channelOpenSuccess(Channel of) {
                opened.countDown();
              }

              @Override
              public void channelClosed(Channel of, Throwable reason) {
                closed.countDown();
              }
            });
        channel.open().verify(deadline.remaining());
        opened.countDown();
      } catch (InterruptedIOException e) {
        Thread.interrupted();
        throw new InterruptedException("while starting " + command.program());
      } catch (IOException | IllegalStateException e) {
        throw new ActionException(
            FailureKind.UNREACHABLE,
            opened.getCount() == 0 ? Effect.UNKNOWN : Effect.NONE,
            "cannot start a program on " + connection.address() + ": " + e.getMessage(),
            e);
      }
      ended = await(channel, closed, deadline);
      if (!ended) {
        throw Failures.timeout(command, stdout, stderr);
      }
      drain(closed, stdout, stderr);
      return finished(command, channel, stdout, stderr);
    } catch (ActionException | InterruptedException e) {
      if (!ended && channel != null) {
        kill(session, channel);
      }
      throw e;
    } finally {
      if (channel != null) {
        channel.close(false); // says so to the other side, which else would count it for ever
      }
    }
  }

  /** Whether the program ended in time. */
  private static boolean await(ChannelExec channel, CountDownLatch closed, Deadline deadline)
      throws InterruptedException {
    while (!deadline.isOver()) {
      if (closed.await(20, TimeUnit.MILLISECONDS)
          || channel.getExitStatus() != null
          || channel.getExitSignal() != null) {
        return true;
      }
    }
    return false;
  }

  private static void drain(CountDownLatch closed, Capture stdout, Capture stderr)
      throws InterruptedException {
    long before = -1;
    while (stdout.total() + stderr.total() != before) {
      before = stdout.total() + stderr.total();
      if (closed.await(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  private String line(Command command, String mark) {
    List<String> words = new ArrayList<>();
    words.addAll(
        List.of("exec", "env", "PATH=" + path, "/bin/sh", "-c", START.text(), START.zero(), mark));
    words.add(Long.toString(command.timeout().plus(OWN_TIMER_LATER).toSeconds()));
    words.addAll(List.of("PATH=" + path, "LC_ALL=C", "TZ=UTC"));
    command.environment().forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(command.argv());
    return CommandLine.of(words);
  }

  private Finished finished(Command command, ChannelExec channel, Capture stdout, Capture stderr)
      throws ActionException {
    @Nullable Integer status = channel.getExitStatus();
    if (status == null && channel.getExitSignal() == null) {
      throw new ActionException(
          FailureKind.UNREACHABLE,
          Effect.UNKNOWN,
          "the connection to "
              + connection.address()
              + " was lost while `"
              + command.program()
              + "` ran",
          null);
    }
    if (!stdout.hasBegun()) {
      String said = (stdout.greeting() + " " + stderr.greeting()).strip();
      throw ActionException.refused(
          FailureKind.FORBIDDEN,
          connection.address()
              + " runs no programs for this user"
              + (said.isEmpty() ? "" : ": " + said));
    }
    int code = status != null ? status : signal(channel.getExitSignal());
    Finished finished = new Finished(command.program(), code, stdout.output(), stderr.output());
    if ((code == 127 || code == 126) && finished.stderr().text().startsWith("env: ")) {
      throw code == 127
          ? Failures.noProgram(command.program(), name())
          : ActionException.refused(FailureKind.FORBIDDEN, finished.words());
    }
    return finished;
  }

  private static int signal(@Nullable String name) {
    return switch (name) {
      case "HUP" -> 129;
      case "INT" -> 130;
      case "QUIT" -> 131;
      case "ABRT" -> 134;
      case "KILL" -> 137;
      case "SEGV" -> 139;
      case "PIPE" -> 141;
      case "ALRM" -> 142;
      case "TERM" -> 143;
      case null, default -> 255;
    };
  }

  /** Kills over the same connection; where that is gone, the timer of that machine does. */
  private void kill(ClientSession session, ChannelExec channel) {
    String pid = channel.getOut() instanceof Capture capture ? capture.greeting() : "";
    if (!pid.matches("[0-9]+") || !session.isOpen()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    String line =
        CommandLine.of(
            List.of("exec", "/bin/sh", "-c", KILL_SESSION.text(), KILL_SESSION.zero(), pid));
    CountDownLatch closed = new CountDownLatch(1);
    try (ChannelExec killer =
        session.createExecChannel(line.getBytes(StandardCharsets.UTF_8), null, Map.of())) {
      killer.setOut(new Capture(1, text -> {}, ""));
      killer.setErr(new Capture(1, text -> {}, ""));
      killer.open().verify(KILL);
      if (!await(killer, closed, Deadline.in(KILL))) {
        session.close(true);
      }
    } catch (IOException e) {
      session.close(true); // sshd ends what it started as far as it knows, the timer does the rest
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
