package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.action.UnitNames;
import io.byteport.adapter.host.machine.Command;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.JournalMapper;
import io.byteport.adapter.host.model.Line;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.util.List;

/** {@code host.journal}: the end of the journal of a unit. */
public final class ReadJournal {
  record Input(Host host, String unit, Duration since, int lines) implements OnHost {}

  record Output(List<Line> lines) {}

  private ReadJournal() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.journal",
        Input.class,
        Output.class,
        machines,
        input ->
            Shown.program(
                "journalctl",
                "--unit=" + input.unit(),
                "--since=-" + input.since().toSeconds() + "s",
                "--lines=" + input.lines()),
        ReadJournal::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    int most = Math.clamp(input.lines(), 1, MOST);
    return new Output(entries(visit, input.unit(), input.since(), "--lines=" + most));
  }

  /** Entries of a unit, oldest first. */
  static List<Line> entries(Visit visit, String unit, Duration since, String which)
      throws ActionException, InterruptedException {
    Finished found =
        visit.whole(
            Command.of(
                "journalctl",
                "--unit=" + UnitNames.full(UnitNames.checked(unit)),
                "--since=-" + Math.max(1, since.toSeconds()) + "s",
                "--output=json",
                "--quiet",
                "--no-pager",
                which));
    return JournalMapper.lines(found.orFail().stdout().text());
  }

  private static final int MOST = 10_000;
}
