/**
 * A certificate authority that lives as long as the simulated machine whose certificates it issues.
 */
@NullMarked
package io.byteport.sim.host.authority;

import org.jspecify.annotations.NullMarked;
