/** One process's share of the work: runs that are carried on by whoever claims them. */
@NullMarked
package io.byteport.engine.journal.replica;

import org.jspecify.annotations.NullMarked;
