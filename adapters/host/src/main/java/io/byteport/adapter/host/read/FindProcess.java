package io.byteport.adapter.host.read;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.model.Process;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code host.findProcess}: the oldest process that has one of some names. */
public final class FindProcess {
  /**
   * @param only the one of the names that is meant; null for all of them
   */
  record Input(Host host, List<String> names, @Nullable String only) implements OnHost {
    List<String> wanted() {
      return only == null ? names : names.contains(only) ? List.of(only) : List.of();
    }
  }

  record Output(@Nullable Host host, long pid, Instant startedAt, String name) {}

  private FindProcess() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "host.findProcess",
        Input.class,
        Output.class,
        machines,
        input -> Shown.program("pgrep", "-o", "-x", String.join("|", input.wanted())),
        FindProcess::look);
  }

  private static @Nullable Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    return first(input.wanted(), Processes.all(visit, input.host()), input.host());
  }

  /** The first name that a process has wins; of several processes the oldest. */
  static @Nullable Output first(List<String> names, List<Process> processes, Host host) {
    for (String name : names) {
      Optional<Process> oldest =
          processes.stream()
              .filter(each -> isCalled(each, name))
              .min(Comparator.comparing(Process::startedAt).thenComparing(Process::pid));
      if (oldest.isPresent()) {
        return new Output(host, oldest.get().pid(), oldest.get().startedAt(), name);
      }
    }
    return null;
  }

  /** The kernel keeps 15 characters of a name; the file has all of them. */
  private static boolean isCalled(Process process, String name) {
    String file = process.command() == null ? "" : process.command().split(" ", 2)[0];
    boolean sameFile = file.substring(file.lastIndexOf('/') + 1).equals(name);
    return process.name().equals(name) || (sameFile && name.startsWith(process.name()));
  }
}
