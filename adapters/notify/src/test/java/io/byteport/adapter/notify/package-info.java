/** Tests of what channels say and of how it gets there. */
@NullMarked
package io.byteport.adapter.notify;

import org.jspecify.annotations.NullMarked;
