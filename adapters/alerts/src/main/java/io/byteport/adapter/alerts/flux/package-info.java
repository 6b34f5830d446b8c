/** Events of Flux. */
@NullMarked
package io.byteport.adapter.alerts.flux;

import org.jspecify.annotations.NullMarked;
