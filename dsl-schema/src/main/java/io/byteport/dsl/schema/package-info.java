/** The shape of runbook files as JSON Schema. */
@NullMarked
package io.byteport.dsl.schema;

import org.jspecify.annotations.NullMarked;
