/** Judges whether what came in was sent by the source. */
@NullMarked
package io.byteport.adapter.alerts.proof;

import org.jspecify.annotations.NullMarked;
