/** Recorded runs, written down as tests of their runbooks. */
@NullMarked
package io.byteport.engine.evidence;

import org.jspecify.annotations.NullMarked;
