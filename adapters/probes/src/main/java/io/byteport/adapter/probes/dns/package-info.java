/** Asks name servers, in a small client of the DNS protocol. */
@NullMarked
package io.byteport.adapter.probes.dns;

import org.jspecify.annotations.NullMarked;
