/** What the checks of runbooks promise. */
@NullMarked
package io.byteport.dsl.check;

import org.jspecify.annotations.NullMarked;
