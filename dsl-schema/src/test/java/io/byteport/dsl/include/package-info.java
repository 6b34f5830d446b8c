/** Tests of libraries. */
@NullMarked
package io.byteport.dsl.include;

import org.jspecify.annotations.NullMarked;
