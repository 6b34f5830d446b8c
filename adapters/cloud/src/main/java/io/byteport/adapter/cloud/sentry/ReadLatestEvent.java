package io.byteport.adapter.cloud.sentry;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code sentry.latestEvent}: the newest event of an issue. */
public record ReadLatestEvent(SentryOrganization sentry)
    implements Action.Read<ReadLatestEvent.Input, ReadLatestEvent.Output> {

  /** What {@code sentry.latestEvent} takes. */
  public record Input(String issue, @Nullable String connection) {}

  /** What {@code sentry.latestEvent} returns. */
  public record Output(String text, @Nullable String release, Map<String, String> tags) {
    public Output {
      tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
  }

  @Override
  public String name() {
    return "sentry.latestEvent";
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
    return SentryOrganization.curl("issues/" + Address.encode(input.issue()) + "/events/latest/");
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Api api = sentry.api(input.connection());
    Json event =
        api.get(
            sentry.at(
                api,
                input.connection(),
                "issues",
                SentryOrganization.ISSUE.check(input.issue()),
                "events",
                "latest"),
            Deadline.of(context));
    Map<String, String> tags = new LinkedHashMap<>();
    for (Json tag : event.at("tags").items()) {
      String key = tag.text("key");
      String value = tag.text("value");
      if (key != null && value != null) {
        tags.put(key, value);
      }
    }
    String release = event.text("release", "version");
    return new Output(EventText.of(event), release == null ? tags.get("release") : release, tags);
  }
}
