package io.byteport.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables of the environment that the program heeds, for its help. */
final class Environment {
  static final Map<String, String> VARIABLES = variables();

  private Environment() {}

  private static Map<String, String> variables() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("BYTEPORT_RUNBOOK_DRY_RUN", "true keeps every change from being made, --live or not");
    all.put(
        "BYTEPORT_CONNECTIONS",
        "files of what may be reached, where --connections is not given; separated as in PATH");
    all.put("BYTEPORT_STATE", "folder of the journal, ./byteport-state where it is not set");
    all.put("KUBECONFIG", "as for kubectl");
    all.put("NO_COLOR, CLICOLOR_FORCE", "no colours, or colours without a terminal");
    all.put("COLUMNS", "how wide to print where the terminal does not say");
    return Collections.unmodifiableMap(all);
  }
}
