package io.byteport.engine.intake;

import io.byteport.engine.run.RunId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of an alert that fires.
 *
 * @param run null where it was recorded only
 * @param reason without its end; null where the run says all
 */
public record Outcome(Kind kind, @Nullable RunId run, @Nullable String reason) {

  /** Why nothing is opened for an alert that has resolved. */
  public static final String TOO_LATE = "it resolved before anything was done about it";

  /** The word is what stands in the store and what metrics count. */
  public enum Kind {
    /** A run of its own was opened. */
    OPENED,
    /** A run about the same target is open, and goes on for this one, too. */
    JOINED,
    /** No runbook takes it; the run consists of its escalation. */
    UNCLAIMED,
    /** It was written down, and no more. */
    RECORDED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
