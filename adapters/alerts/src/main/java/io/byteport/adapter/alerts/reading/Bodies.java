package io.byteport.adapter.alerts.reading;

import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.source.Delivered;
import java.nio.charset.StandardCharsets;

/** Bodies of requests as JSON. Pure. */
public final class Bodies {
  private Bodies() {}

  /** What the body holds; something missing where it is no JSON. */
  public static Json json(Delivered delivered) {
    return Json.lenient(new String(delivered.body(), StandardCharsets.UTF_8));
  }
}
