package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Script;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import java.util.List;

/** {@code host.which}: which programs the machine has. */
public final class WhichPrograms {
  record Input(Host host, List<String> names) implements OnHost {}

  record Output(List<String> found) {}

  private WhichPrograms() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.which",
        Input.class,
        Output.class,
        machines,
        input -> Shown.shell("command -v " + Shown.words(input.names())),
        WhichPrograms::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    return new Output(among(input.names(), visit));
  }

  /** Those of some programs that the machine has, in the same order. */
  public static List<String> among(List<String> names, Visit visit)
      throws ActionException, InterruptedException {
    return Visit.nulSeparated(visit.script(SCRIPT, names).orFail().stdout());
  }

  private static final Script SCRIPT =
      new Script(
          "which",
          """
          set -f; IFS=:
          for name in "$@"; do
            case $name in */*|'') continue ;; esac
            for directory in $PATH; do
              if [ -f "$directory/$name" ] && [ -x "$directory/$name" ]; then
                printf '%s\\0' "$name"; break
              fi
            done
          done
          """);
}
