package io.byteport.adapter.host.acme;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code acme.rateLimit}: the newest refusal for too many requests in the logs of a client; null
 * where there is none. What no longer holds is not told.
 */
public final class ReadRateLimit {
  /** Prints the time of change and the end of each file that mentions a limit, NUL after both. */
  private static final Script LOGS =
      new Script(
          "acme-logs",
          """
          seen=1
          for file; do
            [ -r "$file" ] || continue
            seen=0
            tail -c 262144 -- "$file" | grep -qiE 'rate ?limit|too many (certificates|new orders|failed)' || continue
            stat -c '%Y' -- "$file"
            printf '\\0'
            tail -c 262144 -- "$file" | tr -d '\\000'
            printf '\\0'
            exit 0
          done
          exit $seen
          """);

  private ReadRateLimit() {}

  record Input(Host host, Client client) implements OnHost {}

  record Output(@Nullable Instant until, Instant seenAt, String says) {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "acme.rateLimit",
        Input.class,
        Output.class,
        machines,
        input -> {
          List<String> words = new ArrayList<>(List.of("grep", "-i", "ratelimit\\|too many"));
          words.add(input.client().program().shownLog(Renew.entry(machines, input.host())));
          return Shown.program(words.toArray(new String[0]));
        },
        ReadRateLimit::look);
  }

  private static @Nullable Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Finished logs = visit.script(LOGS, input.client().program().logs(visit));
    if (!logs.succeeded()) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND,
          "there is no log of the client to read on " + visit.entry().name());
    }
    List<String> parts = Visit.nulSeparated(logs.stdout());
    return parts.size() < 2
        ? null
        : output(parts.get(0), parts.get(1), visit.context().clock().instant());
  }

  static @Nullable Output output(String seconds, String text, Instant now) {
    Instant seen = Instant.ofEpochSecond(Long.parseLong(seconds.strip()));
    Optional<RateLimit> limit = RateLimit.in(text, seen);
    if (limit.isEmpty()) {
      return null;
    }
    @Nullable Instant until = limit.get().retryAt();
    return until != null && until.isBefore(now)
        ? null
        : new Output(until, seen, limit.get().words());
  }
}
