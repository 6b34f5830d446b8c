/** What people are to be told, kept durably until a channel has taken it. */
@NullMarked
package io.byteport.engine.outbox;

import org.jspecify.annotations.NullMarked;
