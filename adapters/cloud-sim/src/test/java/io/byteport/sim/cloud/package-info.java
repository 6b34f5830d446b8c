/** What the simulated providers promise. */
@NullMarked
package io.byteport.sim.cloud;

import org.jspecify.annotations.NullMarked;
