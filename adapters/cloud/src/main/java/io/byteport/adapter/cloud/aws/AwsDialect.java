package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Dialect;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Problem;
import io.byteport.adapter.cloud.http.Reply;
import io.byteport.engine.spi.FailureKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The errors of AWS: code and message, in the XML of the query APIs or in JSON. */
final class AwsDialect implements Dialect {
  private static final Set<String> THROTTLED =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "RequestThrottled",
          "RequestThrottledException",
          "RequestLimitExceeded",
          "TooManyRequestsException",
          "BandwidthLimitExceeded",
          "SlowDown",
          "PriorRequestNotComplete",
          "EC2ThrottledException");
  private static final Set<String> FORBIDDEN =
      Set.of(
          "UnauthorizedOperation",
          "AuthFailure",
          "InvalidClientTokenId",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException",
          "OptInRequired",
          "MissingAuthenticationToken",
          "IncompleteSignature");
  private static final Set<String> CONFLICT =
      Set.of(
          "IncorrectState",
          "IncorrectModificationState",
          "ScalingActivityInProgress",
          "InstanceRefreshInProgress",
          "ResourceContention",
          "ResourceInUse",
          "RequestInProgressException");

  @Override
  public Problem problem(Reply reply) {
    String text = reply.text();
    if (text.stripLeading().startsWith("{")) {
      Json json = Json.lenient(text);
      String type = json.text("__type");
      String message = json.text("message");
      return of(
          type == null ? null : type.substring(type.indexOf('#') + 1),
          message == null ? json.text("Message") : message);
    }
    Xml root = Xml.lenient(text).orElse(null);
    if (root == null) {
      return Problem.NONE;
    }
    Xml direct = root.at("Error");
    Xml error = direct.text("Code") == null ? root.at("Errors", "Error") : direct;
    return of(error.text("Code"), error.text("Message"));
  }

  private static Problem of(@Nullable String code, @Nullable String message) {
    String words =
        code == null
            ? message == null ? "" : message
            : code + (message == null ? "" : ": " + message);
    return code == null
        ? Problem.said(words)
        : new Problem(words, kind(code), THROTTLED.contains(code));
  }

  private static @Nullable FailureKind kind(String code) {
    if (THROTTLED.contains(code)) {
      return null;
    }
    if (FORBIDDEN.contains(code)
        || code.startsWith("AccessDenied")
        || code.startsWith("ExpiredToken")) {
      return FailureKind.FORBIDDEN;
    }
    if (code.contains("NotFound")) {
      return FailureKind.NOT_FOUND;
    }
    if (CONFLICT.contains(code)) {
      return FailureKind.CONFLICT;
    }
    if (code.endsWith("RateExceeded") || code.endsWith("LimitExceeded")) {
      return FailureKind.REFUSED;
    }
    return null;
  }
}
