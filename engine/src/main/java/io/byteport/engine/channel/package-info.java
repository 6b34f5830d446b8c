/** What people are told through. */
@NullMarked
package io.byteport.engine.channel;

import org.jspecify.annotations.NullMarked;
