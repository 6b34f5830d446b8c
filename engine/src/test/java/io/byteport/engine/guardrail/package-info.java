/** What guardrails compare and forbid. */
@NullMarked
package io.byteport.engine.guardrail;

import org.jspecify.annotations.NullMarked;
