/** Monitors and metrics of Datadog, and events about what was repaired. */
@NullMarked
package io.byteport.adapter.alerts.datadog;

import org.jspecify.annotations.NullMarked;
