package io.byteport.adapter.cloud.sentry;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.model.Deploy;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code sentry.lastDeploy}: the newest deploy that Sentry was told of. */
public record ReadLastDeploy(SentryOrganization sentry)
    implements Action.Read<ReadLastDeploy.Input, Deploy> {
  private static final Pattern HASH = Pattern.compile("(?:.*@|.*\\+)?([0-9a-f]{7,40})");

  /** What {@code sentry.lastDeploy} takes. */
  public record Input(String project, @Nullable String connection) {}

  @Override
  public String name() {
    return "sentry.lastDeploy";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Deploy> outputType() {
    return Deploy.class;
  }

  @Override
  public List<String> command(Input input) {
    return SentryOrganization.curl(
        "releases/?per_page=20&project=PROJECT_ID_OF_" + Address.encode(input.project()));
  }

  @Override
  public @Nullable Deploy read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    Api api = sentry.api(input.connection());
    String organization = sentry.organization(input.connection());
    String id =
        api.get(
                api.at("projects", organization)
                    .at(SentryOrganization.PROJECT.check(input.project()))
                    .folder(),
                deadline)
            .needed("id");
    Address releases =
        sentry.at(api, input.connection(), "releases").with("project", id).with("per_page", "20");
    Optional<Json> release =
        api.get(releases, deadline).items().stream()
            .filter(one -> deployedAt(one) != null)
            .max(Comparator.comparing(ReadLastDeploy::knownDeploy));
    return release.map(ReadLastDeploy::deploy).orElse(null);
  }

  private static @Nullable Instant deployedAt(Json release) {
    Instant finished = release.instant("lastDeploy", "dateFinished");
    return finished == null ? release.instant("lastDeploy", "dateStarted") : finished;
  }

  private static Instant knownDeploy(Json release) {
    Instant at = deployedAt(release);
    return at == null ? Instant.MIN : at;
  }

  private static Deploy deploy(Json release) {
    String version = release.text("version");
    String commit = release.text("lastCommit", "id");
    Matcher hash = HASH.matcher(version == null ? "" : version);
    String author = release.text("lastCommit", "author", "name");
    return new Deploy(
        commit != null ? commit : hash.matches() ? hash.group(1) : release.text("ref"),
        knownDeploy(release),
        author,
        release.text("lastDeploy", "url"),
        version);
  }
}
