package io.byteport.adapter.cloud.sentry;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sentry.issue}: one issue of a project; without an id the one with most events in the
 * window.
 */
public record ReadIssue(SentryOrganization sentry)
    implements Action.Read<ReadIssue.Input, ReadIssue.Output> {

  /** What {@code sentry.issue} takes. */
  public record Input(
      String project, @Nullable String issue, Duration window, @Nullable String connection) {}

  /** What {@code sentry.issue} returns. */
  public record Output(
      String id,
      String shortId,
      String title,
      String permalink,
      String level,
      long events,
      long users,
      Instant firstSeen,
      Instant lastSeen,
      boolean regression) {}

  @Override
  public String name() {
    return "sentry.issue";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return input.issue() == null
        ? SentryOrganization.curl(
            "issues/?sort=freq&limit=1&query=" + Address.encode("project:" + input.project()))
        : SentryOrganization.curl("issues/" + Address.encode(input.issue()) + "/");
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    Api api = sentry.api(input.connection());
    SentryOrganization.PROJECT.check(input.project());
    Json issue =
        input.issue() == null
            ? busiest(api, input, deadline)
            : api.get(
                sentry.at(
                    api,
                    input.connection(),
                    "issues",
                    SentryOrganization.ISSUE.check(input.issue())),
                deadline);
    if (!input.project().equals(issue.text("project", "slug"))) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND, "the issue is not one of the project " + input.project());
    }
    return new Output(
        issue.needed("id"),
        issue.needed("shortId"),
        issue.needed("title"),
        issue.needed("permalink"),
        issue.needed("level"),
        issue.wholeNeeded("count"),
        issue.whole(0, "userCount"),
        issue.instantNeeded("firstSeen"),
        issue.instantNeeded("lastSeen"),
        "regressed".equals(issue.text("substatus")));
  }

  private Json busiest(Api api, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    Instant now = deadline.now();
    Address address =
        sentry
            .at(api, input.connection(), "issues")
            .with("query", "project:" + input.project())
            .with("sort", "freq")
            .with("limit", "1")
            .with("start", now.minus(input.window()).toString())
            .with("end", now.toString());
    List<Json> issues = api.get(address, deadline).items();
    if (issues.isEmpty()) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND, "no issue of " + input.project() + " had an event in that time");
    }
    return issues.get(0);
  }
}
