/** Pipelines of Spinnaker that failed. */
@NullMarked
package io.byteport.adapter.alerts.spinnaker;

import org.jspecify.annotations.NullMarked;
