package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import java.util.List;

/** Tells who asks what they may do. */
final class AccessReviews {
  static final String GROUP = "authorization.k8s.io";

  private AccessReviews() {}

  static boolean isReview(ApiRequest request) {
    return request.method().equals("POST")
        && request.path().equals("/apis/" + GROUP + "/v1/selfsubjectaccessreviews");
  }

  static ObjectNode answer(ApiRequest request, Authorizer authorizer) {
    ObjectNode review = request.object();
    JsonNode asked = Json.at(review, "spec", "resourceAttributes");
    String part = Json.text(asked, "subresource");
    Authorizer.Attempt attempt =
        new Authorizer.Attempt(
            Json.text(asked, "verb"),
            Json.text(asked, "group"),
            Json.text(asked, "resource") + (part.isEmpty() ? "" : "/" + part),
            Json.text(asked, "namespace"),
            Json.text(asked, "name"));
    boolean allowed =
        Authorizer.account(request.authorization())
            .map(account -> authorizer.allows(account, attempt))
            .orElse(true);
    review.set("status", Json.object("allowed", allowed));
    return review;
  }

  static ObjectNode description() {
    return Json.object(
        "name",
        "selfsubjectaccessreviews",
        "singularName",
        "selfsubjectaccessreview",
        "namespaced",
        false,
        "kind",
        "SelfSubjectAccessReview",
        "verbs",
        Json.array(List.of("create")));
  }
}
