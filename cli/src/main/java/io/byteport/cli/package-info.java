/** The {@code byteport} program: one class per command. */
@NullMarked
package io.byteport.cli;

import org.jspecify.annotations.NullMarked;
