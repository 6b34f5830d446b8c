/** Channels: how a message looks on each, and how it gets there. */
@NullMarked
package io.byteport.adapter.notify;

import org.jspecify.annotations.NullMarked;
