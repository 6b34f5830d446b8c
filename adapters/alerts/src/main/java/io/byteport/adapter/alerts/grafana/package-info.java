/** Alerts of Grafana's own alerting. */
@NullMarked
package io.byteport.adapter.alerts.grafana;

import org.jspecify.annotations.NullMarked;
