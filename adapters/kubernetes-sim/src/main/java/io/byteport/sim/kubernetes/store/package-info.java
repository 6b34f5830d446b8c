/** The objects of the simulated cluster, their versions and who watches them. */
@NullMarked
package io.byteport.sim.kubernetes.store;

import org.jspecify.annotations.NullMarked;
