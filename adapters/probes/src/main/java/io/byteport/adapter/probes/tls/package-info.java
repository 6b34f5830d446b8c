/** Looks at the certificates that servers show in a TLS handshake. */
@NullMarked
package io.byteport.adapter.probes.tls;

import org.jspecify.annotations.NullMarked;
