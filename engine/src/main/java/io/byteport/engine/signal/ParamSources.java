package io.byteport.engine.signal;

import io.byteport.dsl.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a runbook's parameters may come from, the strongest first.
 *
 * @param commandLine text by name or alias
 * @param agentFile values by name or alias, as YAML reads them
 * @param environment every variable of the environment; those that no parameter declares count for
 *     nothing, and neither do blank ones
 */
public record ParamSources(
    Map<String, String> commandLine,
    Map<String, Value> agentFile,
    Map<String, String> environment) {

  /** Nothing is configured: defaults all through. */
  public static final ParamSources NONE = new ParamSources(Map.of(), Map.of(), Map.of());

  public ParamSources {
    commandLine = Collections.unmodifiableMap(new LinkedHashMap<>(commandLine));
    agentFile = Collections.unmodifiableMap(new LinkedHashMap<>(agentFile));
    environment = Map.copyOf(environment);
  }
}
