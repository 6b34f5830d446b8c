/** The programs and scripts that a simulated machine knows. */
@NullMarked
package io.byteport.sim.host.program;

import org.jspecify.annotations.NullMarked;
