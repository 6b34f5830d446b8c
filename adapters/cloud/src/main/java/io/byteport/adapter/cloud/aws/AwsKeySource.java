package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.engine.spi.ActionException;
import java.util.Optional;

/** One place where keys may be. Safe for several threads. */
@FunctionalInterface
interface AwsKeySource {

  /**
   * The keys; nothing where this place is not used at all.
   *
   * @throws ActionException if it is used and does not give any
   */
  Optional<AwsKeys> keys(Deadline deadline) throws ActionException, InterruptedException;
}
