/** Alerts of Alertmanager, and of whatever speaks as it does. */
@NullMarked
package io.byteport.adapter.alerts.alertmanager;

import org.jspecify.annotations.NullMarked;
