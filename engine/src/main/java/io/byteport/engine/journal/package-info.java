/** The record of every run, which is the only truth about it. */
@NullMarked
package io.byteport.engine.journal;

import org.jspecify.annotations.NullMarked;
