package io.byteport.cli.http;

import io.byteport.cli.agent.AgentView;
import io.byteport.cli.agent.AgentView.ChannelStatus;
import io.byteport.cli.agent.AgentView.DeadLetter;
import io.byteport.cli.agent.AgentView.SourceStatus;
import io.byteport.cli.gallery.SheetReader;
import io.byteport.cli.json.RunbookJson;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.byteport.engine.signal.EnabledRunbook;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The agent itself over HTTP: what it runs, hears and tells. */
final class AgentApi {
  private static final int LETTERS = 100;
  private static final int MOST_LETTERS = 1000;

  private final AgentView agent;

  AgentApi(AgentView agent) {
    this.agent = agent;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/runbooks", this::runbooks),
        Route.get("/api/v1/runbooks/{runbook}", this::runbook),
        Route.get("/api/v1/sources", this::sources),
        Route.get("/api/v1/channels", this::channels),
        Route.get("/api/v1/dead-letters", this::deadLetters),
        Route.post("/api/v1/dead-letters/{letter}/retry", Role.ADMIN, this::retry),
        Route.get("/api/v1/health", this::health),
        Route.post("/api/v1/reload", Role.ADMIN, this::reload));
  }

  private Answer runbooks(Call call) {
    return Answer.json(
        Map.of(
            "runbooks",
            agent.runbooks().stream()
                .map(each -> RunbookJson.summary(each.runbook().runbook()))
                .toList()));
  }

  private Answer runbook(Call call) {
    String id = call.part("runbook");
    EnabledRunbook found =
        agent.runbooks().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.notFound(
                        "no runbook `"
                            + id
                            + "` is enabled here; GET /api/v1/runbooks lists those that are"));
    Map<String, Object> json = new LinkedHashMap<>(RunbookJson.of(found.runbook()));
    json.put("sheet", SheetReader.of(found.runbook(), List.of()));
    return Answer.json(json);
  }

  private Answer sources(Call call) {
    return Answer.json(Map.of("sources", agent.sources().stream().map(AgentApi::source).toList()));
  }

  private static Map<String, Object> source(SourceStatus source) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", source.name());
    json.put("type", source.type());
    json.put("webhook", source.webhook());
    json.put("polled", source.polled());
    json.put("degraded", source.degraded());
    json.put("heardAt", time(source.heardAt()));
    json.put("firing", source.firing());
    json.put("heard", source.heard());
    json.put("refused", source.refused());
    return json;
  }

  private Answer channels(Call call) {
    return Answer.json(
        Map.of("channels", agent.channels().stream().map(AgentApi::channel).toList()));
  }

  private static Map<String, Object> channel(ChannelStatus channel) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", channel.name());
    json.put("kind", channel.kind());
    json.put("type", channel.type());
    json.put("degraded", channel.degraded());
    json.put("sentAt", time(channel.sentAt()));
    json.put("waiting", channel.waiting());
    json.put("dead", channel.dead());
    return json;
  }

  private Answer deadLetters(Call call) {
    int limit = call.number("limit", LETTERS, MOST_LETTERS);
    return Answer.json(
        Map.of(
            "deadLetters", agent.deadLetters(limit).stream().map(AgentApi::deadLetter).toList()));
  }

  private static Map<String, Object> deadLetter(DeadLetter letter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", letter.id());
    json.put("channel", letter.channel());
    json.put("run", letter.run().value());
    json.put("event", letter.event());
    json.put("title", letter.title());
    json.put("attempts", letter.attempts());
    json.put("error", letter.error());
    json.put("givenUpAt", letter.givenUpAt().toString());
    return json;
  }

  private Answer retry(Call call) {
    String id = call.part("letter");
    if (!agent.retry(id)) {
      throw Problem.notFound(
          "there is no dead letter `" + id + "`; GET /api/v1/dead-letters lists them");
    }
    return Answer.json(Map.of("id", id, "sent", "soon"));
  }

  private Answer health(Call call) {
    AgentView.Health health = agent.health();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ready", health.ready());
    json.put("reasons", health.reasons());
    return Answer.json(json);
  }

  private Answer reload(Call call) {
    List<String> findings = agent.reload();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("taken", findings.isEmpty());
    json.put("findings", findings);
    return Answer.json(json);
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
