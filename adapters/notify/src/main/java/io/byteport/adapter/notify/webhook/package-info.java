/** JSON of our own to whoever wants it. */
@NullMarked
package io.byteport.adapter.notify.webhook;

import org.jspecify.annotations.NullMarked;
