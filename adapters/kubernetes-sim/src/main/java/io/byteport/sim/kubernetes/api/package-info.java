/**
 * The HTTP face of the simulated cluster: what a Kubernetes API server answers, and the faults it
 * is told to show.
 */
@NullMarked
package io.byteport.sim.kubernetes.api;

import org.jspecify.annotations.NullMarked;
