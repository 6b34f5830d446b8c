/** Looks at the network from outside: whether an address accepts connections. */
@NullMarked
package io.byteport.adapter.probes;

import org.jspecify.annotations.NullMarked;
