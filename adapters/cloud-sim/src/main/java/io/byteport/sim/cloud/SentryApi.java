package io.byteport.sim.cloud;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Projects with an issue each, whose events come as often as the health of a service says. Guarded
 * by whoever calls it.
 */
final class SentryApi {
  static final String ORGANIZATION = "shop";
  private static final Duration BUCKET = Duration.ofMinutes(1);

  private final List<CloudScenario.Project> projects;
  private final RenderApi render;
  private final Instant start;
  private final InstantSource clock;
  private final String site;

  SentryApi(
      List<CloudScenario.Project> projects,
      RenderApi render,
      Instant start,
      InstantSource clock,
      String site) {
    this.projects = projects;
    this.render = render;
    this.start = start;
    this.clock = clock;
    this.site = site;
  }

  Reply answer(Asked asked) {
    if (asked.is("GET", "projects", ORGANIZATION, "*")) {
      return projects.stream()
          .filter(one -> one.slug().equals(asked.path().get(2)))
          .findFirst()
          .map(one -> Reply.json(Map.of("id", Long.toString(one.id()), "slug", one.slug())))
          .orElseGet(Reply::missing);
    }
    if (asked.path().size() < 3
        || !asked.path().get(0).equals("organizations")
        || !asked.path().get(1).equals(ORGANIZATION)) {
      return Reply.missing();
    }
    Asked below = asked.below(2);
    List<String> path = below.path();
    String query = asked.query().getOrDefault("query", "");
    if (below.is("GET", "issues")) {
      return Reply.json(
          projects.stream()
              .filter(one -> query.equals("project:" + one.slug()))
              .map(this::issue)
              .toList());
    }
    if (below.is("GET", "issues", "*")) {
      return of(path.get(1)).map(one -> Reply.json(issue(one))).orElseGet(Reply::missing);
    }
    if (below.is("GET", "issues", "*", "events", "latest")) {
      return of(path.get(1)).map(one -> Reply.json(event(one))).orElseGet(Reply::missing);
    }
    if (below.is("GET", "events-stats")) {
      return of(query.substring(query.indexOf(':') + 1))
          .map(one -> Reply.json(Map.of("data", counts(one, asked))))
          .orElseGet(Reply::missing);
    }
    if (below.is("GET", "releases")) {
      return projects.stream()
          .filter(one -> Long.toString(one.id()).equals(asked.query().get("project")))
          .findFirst()
          .map(one -> Reply.json(releases(one)))
          .orElseGet(Reply::missing);
    }
    return Reply.missing();
  }

  private Optional<CloudScenario.Project> of(String issue) {
    return projects.stream()
        .filter(
            one ->
                Long.toString(one.issue().id()).equals(issue)
                    || one.issue().shortId().equals(issue))
        .findFirst();
  }

  private Map<String, Object> issue(CloudScenario.Project project) {
    CloudScenario.Issue issue = project.issue();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", Long.toString(issue.id()));
    shown.put("shortId", issue.shortId());
    shown.put("title", issue.title());
    shown.put("permalink", site + "/organizations/" + ORGANIZATION + "/issues/" + issue.id() + "/");
    shown.put("level", "error");
    shown.put("count", Long.toString(issue.events()));
    shown.put("userCount", issue.users());
    shown.put("firstSeen", start.minus(issue.ago()).toString());
    shown.put("lastSeen", clock.instant().toString());
    shown.put("substatus", issue.substatus());
    shown.put("project", Map.of("id", Long.toString(project.id()), "slug", project.slug()));
    return shown;
  }

  private Map<String, Object> event(CloudScenario.Project project) {
    CloudScenario.Issue issue = project.issue();
    List<Map<String, Object>> frames =
        issue.frames().stream()
            .map(
                frame ->
                    Map.<String, Object>of(
                        "function", frame, "filename", frame.replaceAll("\\..*", "") + ".py"))
            .toList();
    Map<String, Object> exception =
        Map.of(
            "type", issue.type(),
            "value", issue.message(),
            "stacktrace", Map.of("frames", frames));
    return Map.of(
        "title", issue.title(),
        "tags",
            issue.tags().entrySet().stream()
                .map(tag -> Map.of("key", tag.getKey(), "value", tag.getValue()))
                .toList(),
        "entries",
            List.of(Map.of("type", "exception", "data", Map.of("values", List.of(exception)))));
  }

  private List<Map<String, Object>> releases(CloudScenario.Project project) {
    List<Map<String, Object>> releases = new ArrayList<>();
    render
        .releases(project.service())
        .forEach(
            (commit, at) ->
                releases.add(
                    Map.of(
                        "version", project.slug() + "@" + commit,
                        "lastCommit", Map.of("id", commit),
                        "lastDeploy",
                            Map.of(
                                "dateFinished",
                                at.toString(),
                                "url",
                                site + "/deploys/" + commit))));
    return releases.reversed();
  }

  /** Events by minute, as pairs of a time and what was counted. */
  private List<Object> counts(CloudScenario.Project project, Asked asked) {
    Instant from = Instant.parse(asked.query().getOrDefault("start", clock.instant().toString()));
    Instant to = Instant.parse(asked.query().getOrDefault("end", clock.instant().toString()));
    List<Object> counts = new ArrayList<>();
    double left = 0;
    for (Instant at = from; at.isBefore(to); at = at.plus(BUCKET)) {
      left += isErring(project, at) ? project.spike() : project.baseline();
      long whole = (long) left;
      left -= whole;
      counts.add(List.of(at.getEpochSecond(), List.of(Map.of("count", whole))));
    }
    return counts;
  }

  private boolean isErring(CloudScenario.Project project, Instant at) {
    return project.service().isEmpty()
        ? !at.isBefore(start.minus(project.since()))
        : render.isBroken(project.service(), at);
  }
}
