package io.byteport.adapter.cloud.render;

import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.InstantValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deploys one commit, or one image, of a service. Render knows no token for that; what tells our
 * deploy from others is that the API asked for it, after the intent.
 */
record Deploying(RenderService render) {
  /** How far the clocks of Render and of the agent may differ. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  /** What is deployed; one of the two is null. */
  record Subject(@Nullable String sha, @Nullable String image) {}

  /** What a later probe needs. */
  static StructValue memo(Subject subject, Instant now) {
    return Value.of(
        Map.of(
            "sha", text(subject.sha()),
            "image", text(subject.image()),
            "since", Value.of(now)));
  }

  private static Value text(@Nullable String text) {
    return text == null ? Value.NULL : Value.of(text);
  }

  static Subject subject(StructValue memo) {
    return new Subject(read(memo, "sha"), read(memo, "image"));
  }

  private static @Nullable String read(StructValue memo, String name) {
    return memo.get(name) instanceof Value.TextValue text ? text.value() : null;
  }

  /** The id of the deploy that was accepted. */
  String start(Api api, String service, Subject subject, Deadline deadline)
      throws ActionException, InterruptedException {
    Call call =
        Call.write("POST", api.at("services", RenderService.SERVICE.check(service), "deploys"))
            .json(body(subject));
    String id = Json.lenient(api.send(call, deadline).text()).text("id");
    return id == null ? "" : id;
  }

  static String body(Subject subject) {
    Map<String, String> body = new LinkedHashMap<>();
    if (subject.sha() != null) {
      body.put("commitId", subject.sha());
    }
    if (subject.image() != null) {
      body.put("imageUrl", subject.image());
    }
    body.put("clearCache", "do_not_clear");
    return Json.write(body);
  }

  /** The deploys that may be ours, newest first. */
  private List<RenderDeploy> ours(Api api, String service, StructValue memo, Deadline deadline)
      throws ActionException, InterruptedException {
    Instant since =
        memo.get("since") instanceof InstantValue instant ? instant.value() : Instant.MIN;
    Subject subject = subject(memo);
    return render.deploys(api, service, 20, null, deadline).stream()
        .filter(one -> "api".equals(one.trigger()))
        .filter(one -> !one.createdAt().isBefore(since.minus(SKEW)))
        .filter(one -> subject.sha() == null || isSame(subject.sha(), one.sha()))
        .filter(one -> subject.image() == null || subject.image().equals(one.image()))
        .toList();
  }

  private static boolean isSame(String asked, @Nullable String sha) {
    return sha != null && (sha.startsWith(asked) || asked.startsWith(sha));
  }

  Probe probe(Api api, String service, StructValue memo, Deadline deadline)
      throws ActionException, InterruptedException {
    return ours(api, service, memo, deadline).isEmpty() ? Probe.UNKNOWN : Probe.TOOK_EFFECT;
  }

  /**
   * @throws ActionException if the deploy failed
   */
  boolean isLive(Api api, String service, StructValue memo, Deadline deadline)
      throws ActionException, InterruptedException {
    Optional<RenderDeploy> deploy = ours(api, service, memo, deadline).stream().findFirst();
    if (deploy.isPresent() && deploy.get().status().hasFailed()) {
      throw ActionException.refused(
          FailureKind.REFUSED,
          "the deploy " + deploy.get().id() + " ended as " + deploy.get().status());
    }
    return deploy.filter(one -> one.status() == DeployStatus.LIVE).isPresent();
  }
}
