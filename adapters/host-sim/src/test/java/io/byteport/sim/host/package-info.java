/** Promises of the simulated machine. */
@NullMarked
package io.byteport.sim.host;

import org.jspecify.annotations.NullMarked;
