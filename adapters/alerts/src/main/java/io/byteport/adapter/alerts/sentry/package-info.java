/** Spikes of errors in projects of Sentry. */
@NullMarked
package io.byteport.adapter.alerts.sentry;

import org.jspecify.annotations.NullMarked;
