/** A simulated Kubernetes cluster: test equipment for tests, the demo and separate processes. */
@NullMarked
package io.byteport.sim.kubernetes;

import org.jspecify.annotations.NullMarked;
