/** Signals, and the router that opens runs for them. */
@NullMarked
package io.byteport.engine.signal;

import org.jspecify.annotations.NullMarked;
