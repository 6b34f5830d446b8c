package io.byteport.adapter.host.machine;

import io.byteport.engine.spi.ActionException;

/**
 * Something that programs run on. Safe for several threads.
 *
 * <p>A program gets its arguments as they are, an environment of its own (PATH, HOME, LC_ALL=C,
 * TZ=UTC and what the command adds), and the bytes of its standard input. When its time is over, or
 * the calling thread is interrupted, it is killed together with everything that it started.
 */
public interface Machine {

  /** The name of its entry in the inventory. */
  String name();

  /**
   * Runs a program to its end, whatever its status.
   *
   * @throws ActionException INVALID for arguments that no program can be given, NOT_FOUND for a
   *     program that is not there, FORBIDDEN for one that may not be run or a machine that lets
   *     nobody in, UNREACHABLE if the machine does not answer (or stopped to, and then nobody knows
   *     what the program did), TIMEOUT if it was killed after its time
   * @throws InterruptedException after the program was killed
   */
  Finished run(Command command) throws ActionException, InterruptedException;
}
