/** What can hold, held against trying every case. */
@NullMarked
package io.byteport.dsl.solve;

import org.jspecify.annotations.NullMarked;
