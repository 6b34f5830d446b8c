package io.byteport.dsl.fuzz;

import java.util.Locale;

/**
 * Where a fuzzer enters: it hands over bytes, and an exception is a find. It runs in a process of
 * its own, told by its first argument what to try.
 */
public final class Fuzzer {
  private static FuzzTarget target = FuzzTarget.RUNBOOK;

  private Fuzzer() {}

  /**
   * @param arguments the {@linkplain FuzzTarget#word() word} of a target
   */
  public static void fuzzerInitialize(String[] arguments) {
    target = FuzzTarget.valueOf(arguments[0].toUpperCase(Locale.ROOT));
  }

  /** Tries one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    target.run(input);
  }
}
