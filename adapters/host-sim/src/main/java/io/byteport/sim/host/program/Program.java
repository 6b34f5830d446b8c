package io.byteport.sim.host.program;

import io.byteport.sim.host.system.NoSuchFile;

/** Something that a simulated machine can run. */
@FunctionalInterface
public interface Program {
  /**
   * Runs to its end.
   *
   * @throws NoSuchFile where the program would say so and end with status 1
   */
  Reply run(Call call) throws NoSuchFile;
}
