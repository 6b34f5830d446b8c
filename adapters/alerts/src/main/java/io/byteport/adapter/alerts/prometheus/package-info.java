/** Alerts of Prometheus, and what its queries find. */
@NullMarked
package io.byteport.adapter.alerts.prometheus;

import org.jspecify.annotations.NullMarked;
