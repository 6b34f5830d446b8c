/** From text to a checked runbook: the loader and its checks, one class each. */
@NullMarked
package io.byteport.dsl.check;

import org.jspecify.annotations.NullMarked;
