/** What a journal says, in words, for every surface that shows it. */
@NullMarked
package io.byteport.cli.story;

import org.jspecify.annotations.NullMarked;
