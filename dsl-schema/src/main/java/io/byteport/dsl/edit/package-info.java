/** What only editors ask of a text: where names stand, and what they mean there. */
@NullMarked
package io.byteport.dsl.edit;

import org.jspecify.annotations.NullMarked;
