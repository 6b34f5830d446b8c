package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.MachineFiles;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.DuMapper;
import io.byteport.adapter.host.model.Directory;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import java.util.List;

/** {@code host.largestDirectories}: what holds most of a filesystem. */
public final class LargestDirectories {
  record Input(Host host, String path, int top) implements OnHost {}

  record Output(List<Directory> directories) {}

  private LargestDirectories() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.largestDirectories",
        Input.class,
        Output.class,
        machines,
        input ->
            Shown.shell(
                "du -xk --max-depth=4 -- "
                    + Shown.word(input.path())
                    + " | sort -rn | head -"
                    + input.top()),
        LargestDirectories::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Finished found =
        visit.script(SCRIPT, MachineFiles.absolute(input.path()), Integer.toString(MOST)).orFail();
    List<String> entries = Visit.nulSeparated(found.stdout());
    return new Output(DuMapper.largest(entries, input.path(), Math.clamp(input.top(), 1, MOST)));
  }

  private static final int MOST = 2_000;

  /** What du may not look into is left out. */
  private static final Script SCRIPT =
      new Script(
          "largest",
          """
          cd -P -- "$1" || exit 1
          du -xk0 --max-depth=4 -- "$1" 2>/dev/null | sort -zrn | head -z -n "$2"
          """);
}
