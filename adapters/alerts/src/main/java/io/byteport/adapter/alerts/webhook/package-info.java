/** Whatever can post JSON, read as the configuration says. */
@NullMarked
package io.byteport.adapter.alerts.webhook;

import org.jspecify.annotations.NullMarked;
