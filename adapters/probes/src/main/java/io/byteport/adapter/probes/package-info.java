/** The probes: reads that ask the network whether something answers. */
@NullMarked
package io.byteport.adapter.probes;

import org.jspecify.annotations.NullMarked;
