/** What types promise. */
@NullMarked
package io.byteport.dsl.type;

import org.jspecify.annotations.NullMarked;
