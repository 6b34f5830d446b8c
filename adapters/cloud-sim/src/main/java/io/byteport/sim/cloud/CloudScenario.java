package io.byteport.sim.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What providers say of some services, as YAML. Durations are written as ISO 8601 has them ({@code
 * PT4M}); those called {@code ago} count from the beginning.
 *
 * @param startAt the time at which a demo meets the providers
 * @param machine the machine that has programs of the deployment's own, by the name of its scenario
 * @param command a program of that machine that puts a commit live, as such programs do
 */
public record CloudScenario(
    String name,
    Instant startAt,
    List<Service> services,
    List<Repository> repositories,
    List<Project> projects,
    @Nullable String machine,
    @Nullable Command command) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  public CloudScenario {
    services = List.copyOf(Objects.requireNonNullElse(services, List.of()));
    repositories = List.copyOf(Objects.requireNonNullElse(repositories, List.of()));
    projects = List.copyOf(Objects.requireNonNullElse(projects, List.of()));
  }

  /**
   * A service on Render, and the site that it serves.
   *
   * @param building from the call to the moment in which a deploy is live
   * @param deploys oldest first, all of them live once
   * @param broken the status that the site answers while a commit is live; 200 for all others
   */
  public record Service(
      String id, Duration building, List<Deployed> deploys, Map<String, Integer> broken) {
    public Service {
      deploys = List.copyOf(deploys);
      broken = Map.copyOf(Objects.requireNonNullElse(broken, Map.of()));
    }
  }

  /** A commit that went live. */
  public record Deployed(String commit, String message, Duration ago) {}

  /**
   * A repository on GitHub.
   *
   * @param runs oldest first
   */
  public record Repository(String name, List<Workflow> workflows, List<Run> runs) {
    public Repository {
      workflows = List.copyOf(workflows);
      runs = List.copyOf(runs);
    }
  }

  /**
   * A workflow of a repository.
   *
   * @param taking how long a run takes that somebody asks for, which is a success then
   */
  public record Workflow(long id, String name, String file, Duration taking) {
    public Workflow {
      taking = Objects.requireNonNullElse(taking, Duration.ofMinutes(2));
    }
  }

  /**
   * A run that is over.
   *
   * @param file of its workflow
   * @param failedStep of its only job; empty for a success
   * @param log of its only job
   */
  public record Run(
      long id,
      long number,
      String file,
      String branch,
      String sha,
      String actor,
      Duration ago,
      String failedStep,
      String log) {
    public Run {
      failedStep = Objects.requireNonNullElse(failedStep, "");
      log = Objects.requireNonNullElse(log, "");
    }
  }

  /**
   * A project in Sentry with one issue, whose events come often while a service runs a commit that
   * breaks it.
   *
   * @param service of Render; empty where what is wrong does not come from a deploy
   * @param spike events per minute while it is broken, or since {@code since}
   */
  public record Project(
      String slug,
      long id,
      Issue issue,
      String service,
      double baseline,
      double spike,
      Duration since) {
    public Project {
      service = Objects.requireNonNullElse(service, "");
      since = Objects.requireNonNullElse(since, Duration.ofMinutes(10));
    }
  }

  /**
   * The issue of a project.
   *
   * @param substatus such as {@code regressed}
   * @param frames of the stack trace, outermost first
   */
  public record Issue(
      long id,
      String shortId,
      String title,
      String type,
      String message,
      List<String> frames,
      long events,
      long users,
      Duration ago,
      String substatus,
      Map<String, String> tags) {
    public Issue {
      frames = List.copyOf(Objects.requireNonNullElse(frames, List.of()));
      substatus = Objects.requireNonNullElse(substatus, "ongoing");
      tags = Map.copyOf(Objects.requireNonNullElse(tags, Map.of()));
    }
  }

  /**
   * A program that puts a commit live.
   *
   * @param argv as it is run on the machine
   */
  public record Command(List<String> argv, String service, String commit) {
    public Command {
      argv = List.copyOf(argv);
    }
  }

  /**
   * Reads one of the scenarios that come with this module.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static CloudScenario named(String name) {
    String resource = "/byteport/sim/clouds/" + name + ".yaml";
    try (InputStream in = CloudScenario.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no scenario `" + name + "`");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a scenario.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static CloudScenario parse(String yaml) {
    Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    try {
      return MAPPER.convertValue(tree, CloudScenario.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
