package io.byteport.engine.spi;

import org.jspecify.annotations.Nullable;

/**
 * An action could not do what it was asked. The message is the other side's own words where it had
 * any.
 */
public final class ActionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final Effect effect;

  /** Whether something may have changed although the action failed. */
  public enum Effect {
    /** Certainly nothing: the request was refused, or never sent. */
    NONE,
    /** Nobody knows: the answer never came. */
    UNKNOWN
  }

  public ActionException(
      FailureKind kind, Effect effect, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.effect = effect;
  }

  /** A failure after which it is certain that nothing changed. */
  public static ActionException refused(FailureKind kind, String message) {
    return new ActionException(kind, Effect.NONE, message, null);
  }

  public FailureKind kind() {
    return kind;
  }

  public Effect effect() {
    return effect;
  }

  /** Never null. */
  public String reason() {
    return getMessage() == null ? kind.name() : getMessage();
  }
}
