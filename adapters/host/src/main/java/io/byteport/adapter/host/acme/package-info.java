/** Renews certificates with the ACME client that keeps them on a machine. */
@NullMarked
package io.byteport.adapter.host.acme;

import org.jspecify.annotations.NullMarked;
