/** What signals come from outside through: sources that are polled, and sources that call. */
@NullMarked
package io.byteport.engine.source;

import org.jspecify.annotations.NullMarked;
