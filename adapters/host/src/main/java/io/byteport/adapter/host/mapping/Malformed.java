package io.byteport.adapter.host.mapping;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;

/** An answer that is not what the program is known to print. */
final class Malformed {
  private static final int SHOWN = 200;

  private Malformed() {}

  static ActionException answer(String program, String found) {
    String shown = found.length() <= SHOWN ? found : found.substring(0, SHOWN) + "...";
    return ActionException.refused(
        FailureKind.INVALID, "cannot read what `" + program + "` printed: `" + shown + "`");
  }
}
