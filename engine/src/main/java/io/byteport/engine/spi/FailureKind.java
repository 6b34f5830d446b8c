package io.byteport.engine.spi;

/** Why an action failed, as far as it matters to what happens next. */
public enum FailureKind {
  /** The object does not exist, or no longer. */
  NOT_FOUND,
  /** The agent may not do this. */
  FORBIDDEN,
  /** Somebody else changed it meanwhile. */
  CONFLICT,
  /** The other side refuses the content. */
  INVALID,
  /** The other side refuses for now: a disruption budget, a rate limit. */
  REFUSED,
  /** The other side could not be reached or is broken. */
  UNREACHABLE,
  /** No answer within the time. */
  TIMEOUT,
  /** The run was cancelled. */
  CANCELLED,
  /** A defect of the action. */
  INTERNAL
}
