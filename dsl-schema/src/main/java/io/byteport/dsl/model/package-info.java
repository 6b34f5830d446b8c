/** A runbook as records with spans. */
@NullMarked
package io.byteport.dsl.model;

import org.jspecify.annotations.NullMarked;
