/** The static types of the language. */
@NullMarked
package io.byteport.dsl.type;

import org.jspecify.annotations.NullMarked;
