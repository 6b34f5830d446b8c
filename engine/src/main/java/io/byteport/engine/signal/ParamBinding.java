package io.byteport.engine.signal;

import io.byteport.dsl.value.Value.StructValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a runbook's parameters. */
public sealed interface ParamBinding {

  /**
   * @param params every parameter by name, typed; null where it has no default and nobody set it
   * @param origins where each came from
   */
  record Bound(StructValue params, Map<String, Origin> origins) implements ParamBinding {
    public Bound {
      origins = Collections.unmodifiableMap(new LinkedHashMap<>(origins));
    }
  }

  /**
   * @param problems at least one; all that could be found
   */
  record Refused(List<Problem> problems) implements ParamBinding {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** The strongest first. */
  enum Origin {
    COMMAND_LINE,
    AGENT_FILE,
    ENVIRONMENT,
    DEFAULT
  }

  /**
   * @param param the parameter's name, or a name that is none
   * @param origin what was written and where, such as {@code --param memoryFactor=9}
   * @param message one sentence without its end: expected, then found
   * @param hint what to write; null where there is nothing to add
   */
  record Problem(String param, String origin, String message, @Nullable String hint) {
    @Override
    public String toString() {
      return origin + ": " + message + (hint == null ? "" : "; " + hint);
    }
  }
}
