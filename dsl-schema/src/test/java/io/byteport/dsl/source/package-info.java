/** Tests of texts with positions. */
@NullMarked
package io.byteport.dsl.source;

import org.jspecify.annotations.NullMarked;
