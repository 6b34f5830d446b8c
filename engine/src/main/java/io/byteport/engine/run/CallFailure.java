package io.byteport.engine.run;

/** A call of an action that yielded nothing but a failure. */
final class CallFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ActionResult.Failed failure;

  CallFailure(ActionResult.Failed failure) {
    super(failure.reason(), null, false, false);
    this.failure = failure;
  }

  ActionResult.Failed failure() {
    return failure;
  }
}
