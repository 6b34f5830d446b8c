/** What a simulated cluster consists of and what is wrong with it, read from YAML. */
@NullMarked
package io.byteport.sim.kubernetes.scenario;

import org.jspecify.annotations.NullMarked;
