/** The values that expressions yield and actions exchange. */
@NullMarked
package io.byteport.dsl.value;

import org.jspecify.annotations.NullMarked;
