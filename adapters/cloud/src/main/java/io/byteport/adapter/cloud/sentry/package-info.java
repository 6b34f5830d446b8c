/** Sentry: issues, their events, and releases. */
@NullMarked
package io.byteport.adapter.cloud.sentry;

import org.jspecify.annotations.NullMarked;
