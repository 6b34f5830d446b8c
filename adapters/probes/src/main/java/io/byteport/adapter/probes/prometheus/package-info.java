/** Asks servers that speak the HTTP API of Prometheus. */
@NullMarked
package io.byteport.adapter.probes.prometheus;

import org.jspecify.annotations.NullMarked;
