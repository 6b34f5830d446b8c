/** What a run asks of limits and locks, and what it is told. */
@NullMarked
package io.byteport.engine.guardrail;

import org.jspecify.annotations.NullMarked;
