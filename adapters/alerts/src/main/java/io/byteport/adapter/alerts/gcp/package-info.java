/** Incidents of Google Cloud Monitoring. */
@NullMarked
package io.byteport.adapter.alerts.gcp;

import org.jspecify.annotations.NullMarked;
