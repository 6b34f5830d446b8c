package io.byteport.adapter.probes.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * What an HTTP server answered.
 *
 * @param from the address that answered
 * @param bytes the beginning of the body
 * @param cut whether the body went on
 */
public record HttpAnswer(URI from, int status, HttpHeaders headers, Bytes bytes, boolean cut) {

  /** A body as it came; records with arrays do not compare. */
  @SuppressWarnings("ArrayRecordComponent") // read once, compared never
  public record Bytes(byte[] all) {}

  /** The body as UTF-8. */
  public String text() {
    return new String(bytes.all(), StandardCharsets.UTF_8);
  }
}
