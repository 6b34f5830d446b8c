/** The inside of a simulated machine: files, processes, units, images. */
@NullMarked
package io.byteport.sim.host.system;

import org.jspecify.annotations.NullMarked;
