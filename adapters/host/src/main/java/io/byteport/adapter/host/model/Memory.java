package io.byteport.adapter.host.model;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory of a machine and who holds most of it, largest first. */
public record Memory(
    Percent usedPercent,
    DataSize used,
    DataSize total,
    @Nullable DataSize swapUsed,
    List<MemoryUser> users) {
  public Memory {
    users = List.copyOf(users);
  }
}
