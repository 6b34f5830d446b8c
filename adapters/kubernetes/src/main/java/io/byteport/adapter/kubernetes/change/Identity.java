package io.byteport.adapter.kubernetes.change;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;

/** Binds an intent to the very object that was looked at: a name may come to mean another. Pure. */
final class Identity {
  private static final String UID = "uid";

  private Identity() {}

  /** What to remember of an object. */
  static StructValue of(String uid) {
    return StructValue.EMPTY.with(UID, Value.of(uid));
  }

  /** Whether an object is the one that the intent is about. */
  static boolean isSame(StructValue memo, String uid) {
    return Value.of(uid).equals(memo.get(UID));
  }

  /** Refuses another object of the same name. */
  static void check(StructValue memo, String uid, Object what) throws ActionException {
    if (!isSame(memo, uid)) {
      throw ActionException.refused(
          FailureKind.CONFLICT, what + " is not the one that was looked at");
    }
  }
}
