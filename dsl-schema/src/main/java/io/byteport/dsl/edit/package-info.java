/** What only editors ask: what stands at a place of a text that is being written. */
@NullMarked
package io.byteport.dsl.edit;

import org.jspecify.annotations.NullMarked;
