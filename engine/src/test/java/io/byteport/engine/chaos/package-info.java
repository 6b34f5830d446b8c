/**
 * Runs whose processes are killed, suspended and cut off from their state: each change is made once
 * all the same.
 */
@NullMarked
package io.byteport.engine.chaos;

import org.jspecify.annotations.NullMarked;
