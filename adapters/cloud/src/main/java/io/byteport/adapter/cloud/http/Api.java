package io.byteport.adapter.cloud.http;

import io.byteport.engine.spi.ActionException;

/** One API of somebody: where it is, how to be let in, and how it says no. */
public record Api(Transport transport, Address base, Authority authority, Dialect dialect) {

  /** The base with segments. */
  public Address at(String... segments) {
    return base.at(segments);
  }

  /** The answer, which is a success. */
  public Reply send(Call call, Deadline deadline) throws ActionException, InterruptedException {
    return transport.send(call, authority, dialect, deadline);
  }

  /** The answer as JSON. */
  public Json json(Call call, Deadline deadline) throws ActionException, InterruptedException {
    return Json.of(send(call, deadline));
  }

  public Json get(Address address, Deadline deadline) throws ActionException, InterruptedException {
    return json(Call.get(address), deadline);
  }
}
