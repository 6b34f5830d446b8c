package io.byteport.adapter.cloud.render;

import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.model.Deploy;
import io.byteport.engine.spi.ActionException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One deploy of a service.
 *
 * @param image what an image-backed service runs
 * @param trigger who asked for it: {@code api}, {@code manual}, ...
 */
public record RenderDeploy(
    String id,
    DeployStatus status,
    @Nullable String sha,
    @Nullable String message,
    @Nullable String image,
    @Nullable String trigger,
    Instant createdAt,
    @Nullable Instant finishedAt,
    String url) {

  static RenderDeploy of(Json deploy, String service) throws ActionException {
    String id = deploy.needed("id");
    return new RenderDeploy(
        id,
        DeployStatus.of(deploy.text("status")),
        deploy.text("commit", "id"),
        deploy.text("commit", "message"),
        deploy.text("image", "ref"),
        deploy.text("trigger"),
        deploy.instantNeeded("createdAt"),
        deploy.instant("finishedAt"),
        "https://dashboard.render.com/web/" + service + "/deploys/" + id);
  }

  Deploy plain() {
    return new Deploy(
        sha, finishedAt == null ? createdAt : finishedAt, trigger, url, image == null ? id : image);
  }
}
