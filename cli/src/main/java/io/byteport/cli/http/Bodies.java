package io.byteport.cli.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies, each to a limit, and all that are being read at the same time to another. Safe for
 * several threads.
 */
final class Bodies {
  private static final int STEP = 16 * 1024;
  private static final int TOO_LARGE = 413;

  private final HttpLimits limits;
  private final AtomicLong held = new AtomicLong();

  Bodies(HttpLimits limits) {
    this.limits = limits;
  }

  /**
   * The whole body.
   *
   * @throws Problem if it is too large, or too much is being read already
   */
  byte[] read(ServerRequest request) throws IOException {
    long said = request.headers().contentLength().orElse(0);
    if (said > limits.bodyBytes()) {
      throw Problem.oversized(limits.bodyBytes());
    }
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    long taken = 0;
    try {
      InputStream in = request.content().inputStream(); // closing it would read on
      ByteArrayOutputStream body = new ByteArrayOutputStream(Math.min(STEP, (int) said));
      byte[] step = new byte[STEP];
      while (true) {
        int count = in.read(step);
        if (count < 0) {
          return body.toByteArray();
        }
        taken += count;
        if (taken > limits.bodyBytes()) {
          throw Problem.oversized(limits.bodyBytes());
        }
        if (held.addAndGet(count) > limits.bufferedBytes()) {
          throw Problem.busy("too much is being received at the same time", Duration.ofSeconds(1));
        }
        body.write(step, 0, count);
      }
    } catch (RequestException e) {
      throw e.status().code() == TOO_LARGE
          ? Problem.oversized(limits.bodyBytes())
          : Problem.invalid("the body is not one that HTTP can carry");
    } catch (IllegalArgumentException | DataReader.IncorrectNewLineException e) {
      throw Problem.invalid("the chunks of the body are not what HTTP allows");
    } catch (DataReader.InsufficientDataAvailableException | ServerConnectionException e) {
      throw new CloseConnectionException("the body breaks off", e);
    } finally {
      held.addAndGet(-taken);
    }
  }

  /** Whether a body says that it is one of these, such as {@code application/json}. */
  static boolean is(ServerRequest request, String mediaType) {
    return mediaType.equals(mediaType(request));
  }

  /** In lower case, without parameters; null where nothing is said. */
  static @Nullable String mediaType(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.CONTENT_TYPE)
        .map(type -> type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT))
        .orElse(null);
  }

  /** The fields of a form, the first value of each. */
  static Map<String, String> fields(byte[] body) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      try {
        fields.putIfAbsent(
            URLDecoder.decode(name, StandardCharsets.UTF_8),
            URLDecoder.decode(value, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw Problem.invalid("the form is not url-encoded");
      }
    }
    return fields;
  }
}
