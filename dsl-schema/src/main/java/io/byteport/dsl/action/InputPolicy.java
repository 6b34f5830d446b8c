package io.byteport.dsl.action;

import org.jspecify.annotations.Nullable;

/**
 * What may stand in an input beside its type. Untrusted is open text from signals, logs, clusters
 * and queries; the text of a runbook and of its parameters never is.
 *
 * @param untrusted where in it untrusted text may stand
 * @param noLeadingDash whether a text that begins with {@code -} would be read as an option, so
 *     that untrusted text may not begin an element unless {@code --} stands before it
 * @param literal whether it stands in the runbook as it is, without interpolation
 * @param credentials whether it decides where credentials are sent, so that no untrusted text may
 *     stand in it
 * @param within the input that names the roots under which its untrusted paths must lie; null where
 *     there is none
 */
public record InputPolicy(
    Untrusted untrusted,
    boolean noLeadingDash,
    boolean literal,
    boolean credentials,
    @Nullable String within) {

  /** Anything may stand there. */
  public static final InputPolicy ANY =
      new InputPolicy(Untrusted.ALLOWED, false, false, false, null);

  /** Where untrusted data may stand in an input. */
  public enum Untrusted {
    /** Anywhere. */
    ALLOWED,
    /** In every element of a list but the first, such as the arguments after a program's name. */
    NOT_FIRST,
    /** Nowhere: the text must stand in the runbook or be a parameter. */
    NEVER
  }
}
