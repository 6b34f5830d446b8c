/** Runs programs and reads files on the machines of the inventory, here or over SSH. */
@NullMarked
package io.byteport.adapter.host.machine;

import org.jspecify.annotations.NullMarked;
