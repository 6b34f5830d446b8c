/** Recorded runs, played again with the runbook of today. */
@NullMarked
package io.byteport.engine.replay;

import org.jspecify.annotations.NullMarked;
