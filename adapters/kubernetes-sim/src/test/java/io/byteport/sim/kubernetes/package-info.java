/** What the simulated cluster promises, a test each. */
@NullMarked
package io.byteport.sim.kubernetes;

import org.jspecify.annotations.NullMarked;
