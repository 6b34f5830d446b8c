/** Runs without a world: actions answer from a fixture, time is a variable. */
@NullMarked
package io.byteport.engine.sim;

import org.jspecify.annotations.NullMarked;
