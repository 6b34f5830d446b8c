package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ResourceType;

/** A request that fails with a Kubernetes Status. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;
  private final transient ObjectNode details;

  ApiException(int code, String reason, String message) {
    this(code, reason, message, Json.object());
  }

  ApiException(int code, String reason, String message, ObjectNode details) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  static ApiException notFound(ResourceType type, String name) {
    return new ApiException(
        404,
        "NotFound",
        "%s \"%s\" not found".formatted(type.qualifiedPlural(), name),
        details(type, name));
  }

  static ApiException unknownPath() {
    return new ApiException(404, "NotFound", "the server could not find the requested resource");
  }

  static ApiException exists(ResourceType type, String name) {
    return new ApiException(
        409,
        "AlreadyExists",
        "%s \"%s\" already exists".formatted(type.qualifiedPlural(), name),
        details(type, name));
  }

  static ApiException conflict(ResourceType type, String name, String why) {
    return new ApiException(
        409,
        "Conflict",
        "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(type.qualifiedPlural(), name, why),
        details(type, name));
  }

  static ApiException badRequest(String message) {
    return new ApiException(400, "BadRequest", message);
  }

  static ApiException notAllowed() {
    return new ApiException(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  /** An object that the server refuses to store; each problem is a path, a colon and a text. */
  static ApiException invalid(ResourceType type, String name, java.util.List<String> problems) {
    ObjectNode details = details(type, name);
    details.put("kind", type.kind());
    ArrayNode causes = details.putArray("causes");
    for (String problem : problems) {
      int colon = problem.indexOf(": ");
      causes
          .addObject()
          .put("reason", "FieldValueInvalid")
          .put("message", problem.substring(colon + 2))
          .put("field", problem.substring(0, colon));
    }
    String text =
        problems.size() == 1 ? problems.getFirst() : "[" + String.join(", ", problems) + "]";
    return new ApiException(
        422,
        "Invalid",
        "%s \"%s\" is invalid: %s".formatted(type.qualifiedKind(), name, text),
        details);
  }

  private static ObjectNode details(ResourceType type, String name) {
    return Json.object(
        "name", name, "group", type.group().isEmpty() ? null : type.group(), "kind", type.plural());
  }

  int code() {
    return code;
  }

  ObjectNode status() {
    ObjectNode status =
        Json.object(
            "kind",
            "Status",
            "apiVersion",
            "v1",
            "metadata",
            Json.object(),
            "status",
            "Failure",
            "message",
            String.valueOf(getMessage()),
            "reason",
            reason,
            "code",
            code);
    if (!details.isEmpty()) {
      status.set("details", details);
    }
    return status;
  }
}
