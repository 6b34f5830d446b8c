/** A machine that is simulated, and the SSH server that it answers through. */
@NullMarked
package io.byteport.sim.host;

import org.jspecify.annotations.NullMarked;
