package io.byteport.adapter.cloud.machine;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Authority;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Dialect;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Problem;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks for access tokens (RFC 6749). */
public final class OAuth {
  private static final Dialect ERRORS =
      reply -> {
        Json answer = Json.lenient(reply.text());
        String code = answer.text("error");
        String words = answer.text("error_description");
        String said = code == null ? "" : code + (words == null ? "" : ": " + words);
        return new Problem(said, said.isEmpty() ? null : FailureKind.FORBIDDEN, false);
      };

  private OAuth() {}

  /** The token that an endpoint gives for a form. */
  public static Token ask(
      Transport transport, Address endpoint, Map<String, String> form, Deadline deadline)
      throws ActionException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(one -> Address.encode(one.getKey()) + "=" + Address.encode(one.getValue()))
            .collect(Collectors.joining("&"));
    Call call = Call.ask(endpoint, "application/x-www-form-urlencoded", body);
    return token(
        new Api(transport, endpoint, Authority.NONE, ERRORS).json(call, deadline), deadline);
  }

  /** The token of a metadata service. */
  public static Token metadata(
      Transport transport, Address address, String header, String value, Deadline deadline)
      throws ActionException, InterruptedException {
    Call call = Call.get(address).header(header, value);
    return token(
        new Api(transport, address, Authority.NONE, ERRORS).json(call, deadline), deadline);
  }

  private static Token token(Json answer, Deadline deadline) throws ActionException {
    return new Token(
        answer.needed("access_token"), deadline.now().plusSeconds(answer.whole(300, "expires_in")));
  }

  /**
   * What a file with a credential holds.
   *
   * @throws ActionException if it cannot be read
   */
  public static String content(Path file) throws ActionException {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new ActionException(
          FailureKind.FORBIDDEN,
          ActionException.Effect.NONE,
          "cannot read " + file + ": " + unreadable.getMessage(),
          unreadable);
    }
  }
}
