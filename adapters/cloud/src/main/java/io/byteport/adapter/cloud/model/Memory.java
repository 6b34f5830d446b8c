package io.byteport.adapter.cloud.model;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory in use, and by whom, largest first. */
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
