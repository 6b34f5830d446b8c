/** Findings as values: codes, severities, spans, hints and fixes. */
@NullMarked
package io.byteport.dsl.diagnostic;

import org.jspecify.annotations.NullMarked;
