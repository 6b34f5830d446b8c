package io.byteport.adapter.kubernetes.read;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.byteport.adapter.kubernetes.api.ClusterApi;
import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.mapping.Environment;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.adapter.kubernetes.model.EnvironmentVariable;
import io.byteport.adapter.kubernetes.model.WorkloadRef;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.env}: environment variables of a workload's template. Secrets are not read, and
 * what is named like one is not shown.
 */
public record ReadEnvironment(Clusters clusters)
    implements Action.Read<ReadEnvironment.Input, ReadEnvironment.Output> {
  private static final int MOST = 500;
  private static final int LONGEST_PATTERN = 1_000;

  /**
   * What {@code kubectl.env} takes.
   *
   * @param names found anywhere in the name of a variable
   */
  public record Input(WorkloadRef workload, String names, @Nullable Cluster cluster) {
    public Input {
      if (names.length() > LONGEST_PATTERN) {
        throw new IllegalArgumentException(
            "`names` is longer than " + LONGEST_PATTERN + " characters");
      }
      try {
        Pattern.compile(names);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
  }

  /**
   * What {@code kubectl.env} returns.
   *
   * @param items in the order of the template, 500 at most
   */
  public record Output(List<EnvironmentVariable> items) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "kubectl.env";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<ReadEnvironment.Output> outputType() {
    return ReadEnvironment.Output.class;
  }

  @Override
  public List<String> command(Input input) {
    WorkloadRef ref = input.workload();
    return Kubectl.on(clusters, ref.cluster(), input.cluster())
        .add("set", "env", ref.kind().word().toLowerCase(Locale.ROOT) + "/" + ref.name())
        .in(ref.namespace())
        .add("--list")
        .words();
  }

  @Override
  public ReadEnvironment.Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    WorkloadRef ref = input.workload();
    ClusterApi api = clusters.choose(ref.cluster(), input.cluster()).api();
    PodSpec spec =
        new WorkloadReader(api, deadline)
            .workload(ref.kind(), ref.namespace(), ref.name())
            .template()
            .getSpec();
    Map<String, Map<String, String>> maps = new HashMap<>();
    for (String name : Environment.configMaps(spec)) {
      Optional<ConfigMap> map =
          api.find(Resource.CONFIG_MAPS, ref.namespace(), name, ConfigMap.class, deadline);
      maps.put(
          name,
          map.map(ConfigMap::getData)
              .<Map<String, String>>map(TreeMap::new)
              .orElse(new TreeMap<>()));
    }
    Pattern names = Pattern.compile(input.names());
    return new Output(
        Environment.of(spec, name -> names.matcher(name).find(), maps).stream()
            .limit(MOST)
            .toList());
  }
}
