package io.byteport.cli.http;

import io.byteport.cli.agent.AgentView;
import io.byteport.cli.json.RunJson;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.evidence.Bundle;
import io.byteport.engine.journal.JournalCodec;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunFilter;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs over HTTP. */
final class RunsApi {
  private static final Set<String> FILTERS =
      Set.of("state", "result", "runbook", "target", "since", "q", "limit", "cursor");
  private static final int PAGE = 50;
  private static final int LARGEST_PAGE = 500;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final AgentView agent;
  private final RunbookLoader loader;
  private final JournalCodec codec = new JournalCodec(Redactor.SHAPES_ONLY);
  private final RunStreams streams;

  RunsApi(AgentView agent, RunbookLoader loader, RunStreams streams) {
    this.agent = agent;
    this.loader = loader;
    this.streams = streams;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/runs", this::list),
        Route.get("/api/v1/runs/{run}", this::show),
        Route.get("/api/v1/runs/{run}/evidence", this::evidence),
        Route.get("/api/v1/runs/{run}/events", call -> streams.of(call.run(), call.lastEventId())));
  }

  private Answer list(Call call) {
    call.requireOnly(FILTERS);
    int limit = call.number("limit", PAGE, LARGEST_PAGE);
    RunFilter filter =
        new RunFilter(
            call.parameter("runbook").orElse(null),
            call.parameter("target").orElse(null),
            call.parameter("state").map(RunsApi::ended).orElse(null),
            call.parameter("result").orElse(null),
            call.parameter("since").map(RunsApi::since).orElse(null),
            call.parameter("q").orElse(null),
            call.parameter("cursor").map(RunsApi::position).orElse(null));
    List<RunSummary> found = agent.store().runs(filter, limit + 1);
    List<RunSummary> page = found.subList(0, Math.min(limit, found.size()));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runs", page.stream().map(RunJson::summary).toList());
    json.put("next", found.size() > limit ? cursor(page.getLast()) : null);
    return Answer.json(json);
  }

  private static Boolean ended(String state) {
    return switch (state) {
      case "open" -> false;
      case "ended" -> true;
      default ->
          throw Problem.invalid("`state`: expected `open` or `ended`, found `" + state + "`");
    };
  }

  private static Instant since(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw Problem.invalid(
          "`since`: expected a time such as 2026-03-01T12:00:00Z, found `" + text + "`");
    }
  }

  private static String cursor(RunSummary last) {
    String text = last.openedAt() + " " + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static RunFilter.Position position(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int space = text.indexOf(' ');
      if (space > 0) {
        return new RunFilter.Position(
            Instant.parse(text.substring(0, space)), new RunId(text.substring(space + 1)));
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw notACursor();
    }
    throw notACursor();
  }

  private static Problem notACursor() {
    return Problem.invalid("`cursor`: expected what `next` of the last page said");
  }

  private Answer show(Call call) {
    RunSummary run = find(call.run());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", RunJson.summary(run));
    json.put("question", question(run.id()));
    json.put("entries", agent.store().entries(run.id()).stream().map(this::tree).toList());
    return Answer.json(json);
  }

  private @Nullable Map<String, Object> question(RunId run) {
    return agent.store().questions().stream()
        .filter(question -> question.run().equals(run))
        .findFirst()
        .map(RunJson::question)
        .orElse(null);
  }

  private JsonNode tree(JournalEntry entry) {
    return JSON.readTree(codec.write(entry));
  }

  private RunSummary find(RunId run) {
    return agent.store().run(run).orElseThrow(() -> unknown(run));
  }

  static Problem unknown(RunId run) {
    return Problem.notFound("there is no run `" + run + "`; GET /api/v1/runs lists them");
  }

  private Answer evidence(Call call) {
    RunSummary run = find(call.run());
    if (run.finishedAt() == null) {
      throw Problem.conflict("run `" + run.id() + "` has not ended; evidence is of whole runs");
    }
    List<JournalEntry> entries = agent.store().entries(run.id());
    if (!(entries.getFirst() instanceof Event.Opened opened)) {
      throw Problem.conflict("the journal of run `" + run.id() + "` has no beginning");
    }
    if (opened.runbookText().isEmpty()) {
      throw Problem.conflict(
          "no runbook took the signal of run `" + run.id() + "`, so there is nothing to play");
    }
    CheckedRunbook runbook =
        loader.load(new SourceFile(opened.runbook() + ".yaml", opened.runbookText())).valueOrNull();
    if (runbook == null) {
      throw Problem.conflict(
          "run `" + run.id() + "` is of a runbook that this version cannot read any more");
    }
    try {
      String file = run.id().value().replaceAll("[^A-Za-z0-9._-]", "_") + ".test.yaml";
      return new Answer.Whole(
          200,
          "application/yaml",
          Bundle.of(entries, runbook, codec).text(),
          Map.of("Content-Disposition", "attachment; filename=\"" + file + "\""));
    } catch (IllegalArgumentException e) {
      throw Problem.conflict("run `" + run.id() + "`: " + e.getMessage());
    }
  }
}
