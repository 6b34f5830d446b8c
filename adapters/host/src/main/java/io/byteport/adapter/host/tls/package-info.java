/** Finds certificates in the files of a machine; private keys are never read. */
@NullMarked
package io.byteport.adapter.host.tls;

import org.jspecify.annotations.NullMarked;
