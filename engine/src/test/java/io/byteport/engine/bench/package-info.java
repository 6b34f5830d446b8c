/** Measurements; see the folder {@code bench}. */
@NullMarked
package io.byteport.engine.bench;

import org.jspecify.annotations.NullMarked;
