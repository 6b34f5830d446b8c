/** Incidents of PagerDuty, and their end. */
@NullMarked
package io.byteport.adapter.alerts.pagerduty;

import org.jspecify.annotations.NullMarked;
