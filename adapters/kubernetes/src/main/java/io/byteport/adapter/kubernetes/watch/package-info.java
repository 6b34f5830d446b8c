/** Reads that are followed by informers, without polling. */
@NullMarked
package io.byteport.adapter.kubernetes.watch;

import org.jspecify.annotations.NullMarked;
