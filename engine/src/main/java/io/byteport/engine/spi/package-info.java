/** What an adapter implements. */
@NullMarked
package io.byteport.engine.spi;

import org.jspecify.annotations.NullMarked;
