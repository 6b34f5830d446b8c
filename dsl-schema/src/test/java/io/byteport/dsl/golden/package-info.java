/** Texts beside what is found in them. */
@NullMarked
package io.byteport.dsl.golden;

import org.jspecify.annotations.NullMarked;
