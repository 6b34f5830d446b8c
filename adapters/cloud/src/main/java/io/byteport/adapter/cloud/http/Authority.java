package io.byteport.adapter.cloud.http;

import io.byteport.engine.spi.ActionException;
import java.util.Map;

/** Gives the headers that let a call in. Asked anew for each sending. Safe for several threads. */
@FunctionalInterface
public interface Authority {

  /** Lets nobody in. */
  Authority NONE = (call, deadline) -> Map.of();

  /**
   * Headers with credentials; none of their values ever stands in a message.
   *
   * @throws ActionException if there are no credentials to be had
   */
  Map<String, String> headers(Call call, Deadline deadline)
      throws ActionException, InterruptedException;
}
