/** The one layout of BytePort's files: text to text, without a change of meaning. */
@NullMarked
package io.byteport.dsl.format;

import org.jspecify.annotations.NullMarked;
