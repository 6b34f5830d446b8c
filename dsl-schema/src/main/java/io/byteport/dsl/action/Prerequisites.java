package io.byteport.dsl.action;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must be there before an action can work, beside the permissions on resources.
 *
 * @param binaries programs on the machine that it acts on; one in braces is named by that input
 * @param grants permissions of other systems, by system: roles of a database, permissions of a
 *     cloud's identity management, scopes of a token
 */
public record Prerequisites(List<String> binaries, Map<String, List<String>> grants) {
  public static final Prerequisites NONE = new Prerequisites(List.of(), Map.of());

  public Prerequisites {
    binaries = List.copyOf(binaries);
    grants = Collections.unmodifiableMap(new LinkedHashMap<>(grants));
  }
}
