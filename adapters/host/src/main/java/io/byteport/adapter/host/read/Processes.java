package io.byteport.adapter.host.read;

import io.byteport.adapter.host.machine.Finished;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.ProcessMapper;
import io.byteport.adapter.host.model.Process;
import io.byteport.engine.spi.ActionException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The processes of a machine. */
public final class Processes {
  private Processes() {}

  /**
   * All that are no threads of the kernel.
   *
   * @param as the machine to name in them; null where nobody asks
   */
  public static List<Process> all(Visit visit, @Nullable Host as)
      throws ActionException, InterruptedException {
    Finished found = visit.script(ProcessMapper.SCRIPT).orFail();
    return ProcessMapper.processes(Visit.nulSeparated(found.stdout()), as);
  }

  /** One, if it is still there. */
  public static Optional<Process> one(Visit visit, long pid, @Nullable Host as)
      throws ActionException, InterruptedException {
    Finished found = visit.script(ProcessMapper.SCRIPT, Long.toString(pid)).orFail();
    return ProcessMapper.processes(Visit.nulSeparated(found.stdout()), as).stream().findFirst();
  }
}
