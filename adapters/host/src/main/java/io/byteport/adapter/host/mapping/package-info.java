/** Reads what the programs of a machine print; pure. */
@NullMarked
package io.byteport.adapter.host.mapping;

import org.jspecify.annotations.NullMarked;
