package io.byteport.adapter.host.read;

import com.google.re2j.Pattern;
import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Command;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.JournalMapper;
import io.byteport.adapter.host.model.Line;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code host.kernelLog}: the end of the log of the kernel. */
public final class ReadKernelLog {
  record Input(
      Host host,
      @Nullable Duration since,
      @Nullable List<Level> levels,
      @Nullable String matching,
      int last)
      implements OnHost {}

  record Output(List<Line> lines) {}

  private ReadKernelLog() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.kernelLog",
        Input.class,
        Output.class,
        machines,
        input -> Shown.program("dmesg", "--level=" + levels(input)),
        ReadKernelLog::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Finished dmesg =
        visit.whole(Command.of("dmesg", "--time-format=iso", "--level=" + levels(input)));
    List<Line> lines =
        dmesg.succeeded()
            ? JournalMapper.kernel(dmesg.stdout().text())
            : journal(input, visit, dmesg);
    @Nullable Instant from =
        input.since() == null ? null : visit.context().clock().instant().minus(input.since());
    @Nullable Pattern pattern =
        input.matching() == null ? null : Patterns.compiled(input.matching());
    List<Line> matching =
        lines.stream()
            .filter(line -> from == null || !line.at().isBefore(from))
            .filter(line -> pattern == null || pattern.matcher(line.text()).find())
            .toList();
    int last = Math.clamp(input.last(), 1, MOST);
    return new Output(matching.subList(Math.max(0, matching.size() - last), matching.size()));
  }

  /** Where the ring buffer is not for everybody, the journal may be. */
  private static List<Line> journal(Input input, Visit visit, Finished dmesg)
      throws ActionException, InterruptedException {
    try {
      List<String> argv =
          new ArrayList<>(
              List.of("journalctl", "--dmesg", "--output=json", "--quiet", "--no-pager"));
      argv.add("--lines=" + MOST);
      argv.add("--priority=" + lowest(input));
      Finished journal = visit.whole(Command.of(argv));
      if (journal.succeeded()) {
        return JournalMapper.lines(journal.stdout().text());
      }
      throw dmesg.failure(Effect.NONE);
    } catch (ActionException e) {
      throw dmesg.failure(Effect.NONE); // what dmesg said is the reason
    }
  }

  private static String levels(Input input) {
    List<Level> levels =
        input.levels() == null || input.levels().isEmpty()
            ? List.of(Level.values())
            : input.levels();
    return String.join(
        ",", levels.stream().map(level -> level.name().toLowerCase(Locale.ROOT)).toList());
  }

  private static String lowest(Input input) {
    List<Level> levels =
        input.levels() == null || input.levels().isEmpty() ? List.of(Level.DEBUG) : input.levels();
    return Integer.toString(levels.stream().mapToInt(Level::ordinal).max().orElse(7));
  }

  private static final int MOST = 20_000;

  /** Levels as dmesg(1) names them, most urgent first. */
  enum Level {
    EMERG,
    ALERT,
    CRIT,
    ERR,
    WARN,
    NOTICE,
    INFO,
    DEBUG
  }
}
