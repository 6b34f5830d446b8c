package io.byteport.adapter.cloud.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An answer, success or not. */
public final class Reply {
  private final Call call;
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  Reply(Call call, int status, HttpHeaders headers, byte[] body) {
    this.call = call;
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** What it answers. */
  public Call call() {
    return call;
  }

  public int status() {
    return status;
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The first header of that name, in any case. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** A copy. */
  public byte[] bytes() {
    return body.clone();
  }

  /** The body as UTF-8; what is not UTF-8 is replaced. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
