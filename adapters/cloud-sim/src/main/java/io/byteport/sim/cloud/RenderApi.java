package io.byteport.sim.cloud;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Deploys of services, and the sites that they serve. Guarded by whoever calls it. */
final class RenderApi {
  private final Map<String, Site> sites = new LinkedHashMap<>();
  private final InstantSource clock;
  private int made;

  /**
   * @param liveAt when it is, or will be, live
   */
  private record Deploy(
      String id,
      String commit,
      String message,
      String trigger,
      Instant createdAt,
      Instant liveAt) {}

  private record Site(CloudScenario.Service service, List<Deploy> deploys) {

    /** What is live at a time. */
    Optional<Deploy> live(Instant at) {
      return deploys.stream()
          .filter(deploy -> !deploy.liveAt().isAfter(at))
          .reduce((earlier, later) -> later);
    }

    int status(Instant at) {
      return live(at)
          .map(deploy -> service.broken().getOrDefault(deploy.commit(), 200))
          .orElse(404);
    }
  }

  RenderApi(List<CloudScenario.Service> services, Instant start, InstantSource clock) {
    this.clock = clock;
    for (CloudScenario.Service service : services) {
      Site site = new Site(service, new ArrayList<>());
      service
          .deploys()
          .forEach(
              one -> add(site, one.commit(), one.message(), "new_commit", start.minus(one.ago())));
      sites.put(service.id(), site);
    }
  }

  private Deploy add(Site site, String commit, String message, String trigger, Instant at) {
    Deploy deploy =
        new Deploy(
            "dep-" + ++made, commit, message, trigger, at, at.plus(site.service().building()));
    site.deploys().add(deploy);
    return deploy;
  }

  Reply answer(Asked asked) {
    if (asked.path().size() < 3 || !asked.path().get(0).equals("services")) {
      return Reply.missing();
    }
    Site site = sites.get(asked.path().get(1));
    if (site == null) {
      return Reply.refused(404, "not found: service " + asked.path().get(1));
    }
    if (asked.is("GET", "services", "*", "deploys")) {
      return list(site, asked);
    }
    if (asked.is("POST", "services", "*", "deploys")) {
      return deploy(site, asked.body().path("commitId").asString(""));
    }
    return Reply.missing();
  }

  private Reply list(Site site, Asked asked) {
    String status = asked.query().get("status");
    return Reply.json(
        site.deploys().reversed().stream()
            .filter(deploy -> status == null || status.equals(status(site, deploy)))
            .limit(asked.limit("limit"))
            .map(deploy -> Map.of("deploy", shown(site, deploy), "cursor", deploy.id()))
            .toList());
  }

  private Reply deploy(Site site, String commit) {
    Optional<Deploy> known =
        site.deploys().stream().filter(deploy -> deploy.commit().startsWith(commit)).findFirst();
    if (commit.isEmpty() || known.isEmpty()) {
      return Reply.refused(400, "commit " + commit + " was not found in the repository");
    }
    Deploy made = add(site, known.get().commit(), known.get().message(), "api", clock.instant());
    return Reply.json(201, shown(site, made));
  }

  /** Puts a commit live now, as a program beside the provider does. */
  void release(String service, String commit) {
    Site site = sites.get(service);
    if (site == null) {
      throw new IllegalArgumentException("no service " + service);
    }
    Instant now = clock.instant();
    site.deploys().add(new Deploy("dep-" + ++made, commit, "", "deploy_hook", now, now));
  }

  private String status(Site site, Deploy deploy) {
    Instant now = clock.instant();
    if (deploy.liveAt().isAfter(now)) {
      return "build_in_progress";
    }
    return site.live(now).filter(deploy::equals).isPresent() ? "live" : "deactivated";
  }

  private Map<String, Object> shown(Site site, Deploy deploy) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", deploy.id());
    shown.put("commit", Map.of("id", deploy.commit(), "message", deploy.message()));
    shown.put("status", status(site, deploy));
    shown.put("trigger", deploy.trigger());
    shown.put("createdAt", deploy.createdAt().toString());
    if (!deploy.liveAt().isAfter(clock.instant())) {
      shown.put("finishedAt", deploy.liveAt().toString());
    }
    return shown;
  }

  /** What the health endpoint of a service's site answers. */
  Reply health(String service) {
    Site site = sites.get(service);
    if (site == null) {
      return Reply.missing();
    }
    int status = site.status(clock.instant());
    return Reply.text(status, status < 300 ? "ok" : "the application does not answer");
  }

  /** Whether a service ran at a time what breaks it. */
  boolean isBroken(String service, Instant at) {
    Site site = sites.get(service);
    return site != null && site.status(at) != 200;
  }

  /** When each commit of a service went live, oldest first. */
  Map<String, Instant> releases(String service) {
    Site site = sites.get(service);
    return site == null
        ? Map.of()
        : site.deploys().stream()
            .collect(
                Collectors.toMap(
                    Deploy::commit, Deploy::liveAt, (first, again) -> again, LinkedHashMap::new));
  }
}
