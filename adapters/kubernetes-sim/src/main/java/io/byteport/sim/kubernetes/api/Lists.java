package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import io.byteport.sim.kubernetes.store.ObjectKey.Place;
import io.byteport.sim.kubernetes.store.ObjectStore;
import io.byteport.sim.kubernetes.store.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lists of objects, whole or page by page. A page goes on after the last name of the one before, so
 * that nothing is given twice; unlike the real server it shows changes made between two pages.
 */
final class Lists {
  private Lists() {}

  static ObjectNode list(ObjectStore store, ApiPath path, ApiRequest request) {
    Predicate<JsonNode> wanted = selection(request, path);
    int limit = request.number("limit", 0);
    Optional<Place> after = place(request.parameter("continue"));
    List<ObjectNode> items = new ArrayList<>();
    boolean more = false;
    int remaining = 0;
    for (ObjectNode object : store.list(path.type(), path.namespace(), after)) {
      if (!wanted.test(object)) {
        continue;
      }
      if (limit > 0 && items.size() == limit) {
        more = true;
        remaining++;
      } else {
        items.add(object);
      }
    }
    ObjectNode metadata = Json.object("resourceVersion", Long.toString(store.version()));
    if (more) {
      metadata.put("continue", token(items.getLast()));
      metadata.put("remainingItemCount", remaining);
    }
    return Json.object(
        "kind",
        path.type().kind() + "List",
        "apiVersion",
        path.type().apiVersion(),
        "metadata",
        metadata,
        "items",
        Json.array(items));
  }

  /** What the selectors of a request, and the name in its path, let through. */
  static Predicate<JsonNode> selection(ApiRequest request, ApiPath path) {
    try {
      Predicate<JsonNode> named =
          path.name().isEmpty()
              ? o -> true
              : o -> path.name().equals(Json.text(o, "metadata", "name"));
      return named
          .and(Selector.labels(request.parameter("labelSelector")))
          .and(Selector.fields(request.parameter("fieldSelector")));
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static String token(ObjectNode last) {
    String place =
        Json.text(last, "metadata", "namespace") + "/" + Json.text(last, "metadata", "name");
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Place> place(String token) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      String place = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int slash = place.indexOf('/');
      return Optional.of(new Place(place.substring(0, slash), place.substring(slash + 1)));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw ApiException.badRequest("continue key is not valid: " + token);
    }
  }
}
