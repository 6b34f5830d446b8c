/**
 * Decides whether conditions can hold together, before any run, and shows facts for which they do.
 */
@NullMarked
package io.byteport.dsl.solve;

import org.jspecify.annotations.NullMarked;
