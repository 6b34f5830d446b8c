/** Events in Datadog's stream. */
@NullMarked
package io.byteport.adapter.notify.datadog;

import org.jspecify.annotations.NullMarked;
