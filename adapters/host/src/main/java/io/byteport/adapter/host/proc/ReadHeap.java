package io.byteport.adapter.host.proc;

import io.byteport.adapter.host.action.MachineRead;
import io.byteport.adapter.host.action.OnHost;
import io.byteport.adapter.host.action.Shown;
import io.byteport.adapter.host.machine.Host;
import io.byteport.adapter.host.machine.Machines;
import io.byteport.adapter.host.machine.Visit;
import io.byteport.adapter.host.mapping.HeapMapper;
import io.byteport.adapter.host.model.Process;
import io.byteport.adapter.host.model.ProcessRef;
import io.byteport.adapter.host.model.ProcessRuntime;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import org.jspecify.annotations.Nullable;

/** {@code proc.heap}: what a heap holds and how far it may grow. */
public final class ReadHeap {
  /** Runtimes whose heap can be looked at. */
  enum Runtime {
    JVM,
    NODEJS
  }

  record Input(Host host, ProcessRef process) implements OnHost {}

  record Output(
      long pid,
      Runtime runtime,
      @Nullable DataSize used,
      @Nullable DataSize ceiling,
      @Nullable Percent gcOverhead) {}

  private ReadHeap() {}

  public static Action.Read<?, ?> on(Machines machines) {
    return new MachineRead<>(
        "proc.heap",
        Input.class,
        Output.class,
        machines,
        input ->
            Shown.shell(
                "jcmd "
                    + input.process().pid()
                    + " GC.heap_info; jcmd "
                    + input.process().pid()
                    + " PerfCounter.print"),
        ReadHeap::look);
  }

  private static Output look(Input input, Visit visit)
      throws ActionException, InterruptedException {
    Process process = Runtimes.of(input.host(), input.process(), visit);
    String command = process.command() == null ? "" : process.command();
    if (process.runtime() == ProcessRuntime.NODEJS) {
      return new Output(process.pid(), Runtime.NODEJS, null, HeapMapper.nodeCeiling(command), null);
    }
    return new Output(
        process.pid(),
        Runtime.JVM,
        HeapMapper.used(
            Runtimes.jcmd(input.process(), visit, "GC.heap_info").orFail().stdout().text()),
        HeapMapper.jvmCeiling(command),
        HeapMapper.gcOverhead(
            Runtimes.jcmd(input.process(), visit, "PerfCounter.print").stdout().text()));
  }
}
