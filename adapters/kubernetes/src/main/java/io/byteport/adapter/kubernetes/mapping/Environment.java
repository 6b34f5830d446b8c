package io.byteport.adapter.kubernetes.mapping;

import com.google.re2j.Pattern;
import io.byteport.adapter.kubernetes.model.EnvironmentVariable;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The environment variables of a pod's containers, as its template writes them. Pure. */
public final class Environment {
  private static final Pattern SECRET =
      Pattern.compile("(?i)pass|secret|token|credential|private|api_?key|dsn");

  private Environment() {}

  /** The ConfigMaps that a template reads variables from. */
  public static Set<String> configMaps(PodSpec spec) {
    Set<String> names = new TreeSet<>();
    for (Container container : containers(spec)) {
      for (EnvVar variable : container.getEnv()) {
        var key =
            variable.getValueFrom() == null ? null : variable.getValueFrom().getConfigMapKeyRef();
        if (key != null && key.getName() != null) {
          names.add(key.getName());
        }
      }
      for (EnvFromSource all : container.getEnvFrom()) {
        if (all.getConfigMapRef() != null && all.getConfigMapRef().getName() != null) {
          names.add(all.getConfigMapRef().getName());
        }
      }
    }
    return names;
  }

  /**
   * The variables whose names are wanted, in order. A later one of a name takes the place of an
   * earlier one, as it does in a container.
   *
   * @param maps the contents of ConfigMaps by name
   */
  public static List<EnvironmentVariable> of(
      PodSpec spec, Predicate<String> wanted, Map<String, Map<String, String>> maps) {
    List<EnvironmentVariable> found = new ArrayList<>();
    for (Container container : containers(spec)) {
      Map<String, @Nullable String> variables = new LinkedHashMap<>();
      for (EnvFromSource all : container.getEnvFrom()) {
        if (all.getConfigMapRef() != null && all.getConfigMapRef().getName() != null) {
          String prefix = all.getPrefix() == null ? "" : all.getPrefix();
          maps.getOrDefault(all.getConfigMapRef().getName(), Map.of())
              .forEach((key, value) -> variables.put(prefix + key, value));
        }
      }
      for (EnvVar variable : container.getEnv()) {
        variables.put(variable.getName(), value(variable, maps));
      }
      variables.forEach(
          (name, value) -> {
            if (wanted.test(name)) {
              found.add(new EnvironmentVariable(container.getName(), name, shown(name, value)));
            }
          });
    }
    return found;
  }

  private static List<Container> containers(PodSpec spec) {
    List<Container> all = new ArrayList<>(spec.getContainers());
    all.addAll(spec.getInitContainers());
    return all;
  }

  private static @Nullable String value(EnvVar variable, Map<String, Map<String, String>> maps) {
    if (variable.getValueFrom() == null) {
      return variable.getValue() == null ? "" : variable.getValue();
    }
    var key = variable.getValueFrom().getConfigMapKeyRef();
    return key == null || key.getName() == null
        ? null
        : maps.getOrDefault(key.getName(), Map.of()).get(key.getKey());
  }

  private static @Nullable String shown(String name, @Nullable String value) {
    if (value == null || SECRET.matcher(name).find()) {
      return null;
    }
    return LongText.cut(value);
  }
}
