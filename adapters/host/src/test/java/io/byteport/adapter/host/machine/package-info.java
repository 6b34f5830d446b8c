/** Tests of the way to machines. */
@NullMarked
package io.byteport.adapter.host.machine;

import org.jspecify.annotations.NullMarked;
