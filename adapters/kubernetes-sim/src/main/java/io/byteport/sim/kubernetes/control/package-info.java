/** The controllers, the scheduler and the kubelet that move the simulated cluster through time. */
@NullMarked
package io.byteport.sim.kubernetes.control;

import org.jspecify.annotations.NullMarked;
