package io.byteport.sim.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byteport.sim.kubernetes.store.Json;
import java.util.List;

/** Tells everybody that they may do everything: the simulated cluster knows no users. */
final class AccessReviews {
  static final String GROUP = "authorization.k8s.io";

  private AccessReviews() {}

  static boolean isReview(ApiRequest request) {
    return request.method().equals("POST")
        && request.path().equals("/apis/" + GROUP + "/v1/selfsubjectaccessreviews");
  }

  static ObjectNode allow(ObjectNode review) {
    review.set("status", Json.object("allowed", true));
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
