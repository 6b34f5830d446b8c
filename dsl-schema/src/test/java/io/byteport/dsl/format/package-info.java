/** What the layout promises. */
@NullMarked
package io.byteport.dsl.format;

import org.jspecify.annotations.NullMarked;
