/** Tests of replicas. */
@NullMarked
package io.byteport.engine.journal.replica;

import org.jspecify.annotations.NullMarked;
