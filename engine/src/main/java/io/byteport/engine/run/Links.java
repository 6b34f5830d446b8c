package io.byteport.engine.run;

import org.jspecify.annotations.Nullable;

/**
 * Where people read on.
 *
 * @param console the agent's console, without a slash at the end; null where there is none
 * @param runbooks where runbooks are documented, without a slash at the end; null where that is
 *     nowhere
 */
public record Links(@Nullable String console, @Nullable String runbooks) {
  public static final Links NONE = new Links(null, null);

  /** The page of a run, or the command that shows it. */
  public String run(RunId run) {
    return console == null ? "byteport runs show " + run : console + "/runs/" + run;
  }

  /** The page of a runbook, or the command that shows it. */
  public String runbook(String id) {
    return runbooks == null ? "byteport show " + id : runbooks + "/" + id;
  }
}
