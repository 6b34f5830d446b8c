/** Tests of this channel: what people see, and how it gets there. */
@NullMarked
package io.byteport.adapter.notify.postmark;

import org.jspecify.annotations.NullMarked;
