package io.byteport.adapter.alerts.cloudwatch;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.engine.source.SourceException;

/** Reads what stands at an address. */
@FunctionalInterface
interface Fetching {

  /**
   * @throws SourceException if it cannot be read
   */
  String fetch(Address address) throws SourceException, InterruptedException;
}
