package io.byteport.adapter.kubernetes.model;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much memory is used, and by whom.
 *
 * @param swapUsed null: the cluster does not tell
 * @param users largest first
 */
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
