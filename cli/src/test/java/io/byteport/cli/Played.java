package io.byteport.cli;

import io.byteport.cli.world.CloudWorld;
import io.byteport.cli.world.ClusterWorld;
import io.byteport.cli.world.Setting;
import io.byteport.cli.world.Settings;
import io.byteport.cli.world.World;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A story of {@code byteport demo}, played to its end: by its runbook alone, which may do in the
 * cluster what {@code byteport rbac} gives it and nothing else.
 *
 * @param refused what the cluster refused it
 * @param printed what a person has read meanwhile, by run
 * @param changes how many requests have changed something, in all worlds
 * @param deployment as it stood in the cluster at the end; missing where there was none
 * @param pods as they stood in the cluster at the end; missing where there was none
 * @param provided what has changed at the providers, in order
 * @param state the folder that holds the journal
 */
record Played(
    List<RunReport> reports,
    Map<String, String> printed,
    long changes,
    JsonNode deployment,
    JsonNode pods,
    List<String> refused,
    List<String> provided,
    Path state) {

  static Played story(String name, Path state) throws IOException, InterruptedException {
    Demo demo =
        Demo.all().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow()
            .onItsOwn();
    List<Setting> settings = new ArrayList<>();
    for (Map.Entry<String, String> world : demo.world().entrySet()) {
      settings.add(
          world.getKey().equals("cluster")
              ? ClusterWorld.restricted(
                  world.getValue(), Program.run("rbac", demo.by()).out(), "byteport", "byteport")
              : Settings.of(world.getKey(), world.getValue()));
    }
    Path folder = Files.createDirectories(state.resolve("demo"));
    Map<String, StringWriter> printed = new LinkedHashMap<>();
    Map<String, Timeline> timelines = new LinkedHashMap<>();
    Onlooker onlooker = new Onlooker();
    List<RunReport> reports;
    try (Stage stage =
        new Stage(
            demo,
            settings,
            folder,
            (run, entry) ->
                timelines
                    .computeIfAbsent(
                        run.value(),
                        id -> {
                          PrintWriter out =
                              new PrintWriter(
                                  printed.computeIfAbsent(id, key -> new StringWriter()));
                          return new Timeline(new Terminal(out, out, false));
                        })
                    .print(entry))) {
      reports = stage.tell(onlooker);
    }
    Map<String, String> texts = new LinkedHashMap<>();
    printed.forEach((run, text) -> texts.put(run, text.toString()));
    return new Played(
        reports,
        texts,
        onlooker.changes,
        onlooker.deployment(),
        onlooker.pods(),
        onlooker.refused,
        onlooker.provided,
        state);
  }

  /** The journal of each run, oldest run first. */
  List<List<JournalEntry>> journals() {
    try (RunStore store = SqlRunStore.inFolder(state.resolve("demo"), Redactor.SHAPES_ONLY)) {
      List<List<JournalEntry>> journals = new ArrayList<>();
      for (RunSummary run : store.runs(100).reversed()) {
        journals.add(store.entries(run.id()));
      }
      return journals;
    }
  }

  /** The container of the deployment. */
  JsonNode container() {
    return deployment.at("/spec/template/spec/containers/0");
  }

  /** Looks at the cluster before it is gone. */
  private static final class Onlooker implements Stage.Audience {
    private @Nullable PlainApi api;
    private long changes;
    private List<String> refused = List.of();
    private List<String> provided = List.of();
    private final Map<String, JsonNode> seen = new LinkedHashMap<>();

    @Override
    public void begins(Demo demo, List<World> worlds) {
      worlds.stream()
          .filter(ClusterWorld.class::isInstance)
          .map(ClusterWorld.class::cast)
          .findFirst()
          .ifPresent(cluster -> api = new PlainApi(cluster.url()));
    }

    @Override
    public void passes(Duration time) {}

    @Override
    public void ends(Duration simulated, List<World> worlds) {
      changes = worlds.stream().mapToLong(World::changes).sum();
      provided =
          worlds.stream()
              .filter(CloudWorld.class::isInstance)
              .map(CloudWorld.class::cast)
              .flatMap(world -> world.cloud().changes().stream())
              .toList();
      refused =
          worlds.stream()
              .filter(ClusterWorld.class::isInstance)
              .flatMap(world -> ((ClusterWorld) world).refusals().stream())
              .toList();
      if (api == null) {
        return;
      }
      seen.put("deployment", api.get("/apis/apps/v1/namespaces/production/deployments/api"));
      seen.put("pods", api.get("/api/v1/namespaces/production/pods").path("items"));
    }

    JsonNode deployment() {
      return seen.getOrDefault("deployment", MissingNode.getInstance());
    }

    JsonNode pods() {
      return seen.getOrDefault("pods", MissingNode.getInstance());
    }
  }
}
