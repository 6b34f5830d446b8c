package io.byteport.adapter.host.model;

import io.byteport.adapter.host.machine.Host;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A process and what it uses. */
public record Process(
    @Nullable Host host,
    long pid,
    Instant startedAt,
    String name,
    @Nullable String command,
    @Nullable String unit,
    DataSize rss,
    Percent cpu,
    ProcessRuntime runtime) {

  /** The same with another share of a processor. */
  public Process using(Percent share) {
    return new Process(host, pid, startedAt, name, command, unit, rss, share, runtime);
  }

  /** This process, without what it uses. */
  public ProcessRef ref() {
    return new ProcessRef(host, pid, startedAt);
  }
}
