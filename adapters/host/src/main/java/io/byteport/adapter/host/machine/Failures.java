package io.byteport.adapter.host.machine;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;

/** Failures that are the same here and over SSH. */
final class Failures {
  private Failures() {}

  static ActionException noProgram(String program, String machine) {
    return ActionException.refused(
        FailureKind.NOT_FOUND, "there is no program `" + program + "` on " + machine);
  }

  /** The program was killed; what it had said up to then is told. */
  static ActionException timeout(Command command, Capture stdout, Capture stderr) {
    String said = new Finished(command.program(), 0, stdout.output(), stderr.output()).words();
    return new ActionException(
        FailureKind.TIMEOUT,
        Effect.UNKNOWN,
        "`"
            + command.program()
            + "` did not end within "
            + seconds(command)
            + " and was killed"
            + (said.isEmpty() ? "" : "; it had said: " + said),
        null);
  }

  private static String seconds(Command command) {
    double seconds = command.timeout().toMillis() / 1000.0;
    return seconds == Math.rint(seconds) ? (long) seconds + " s" : seconds + " s";
  }
}
