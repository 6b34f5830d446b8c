/** What every channel says, and how it may be written. */
@NullMarked
package io.byteport.adapter.notify;

import org.jspecify.annotations.NullMarked;
