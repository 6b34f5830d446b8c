/** What is on a simulated machine, as a YAML file says it. */
@NullMarked
package io.byteport.sim.host.scenario;

import org.jspecify.annotations.NullMarked;
