/** Looks at the network from outside: the adapter, and whether addresses accept connections. */
@NullMarked
package io.byteport.adapter.probes;

import org.jspecify.annotations.NullMarked;
