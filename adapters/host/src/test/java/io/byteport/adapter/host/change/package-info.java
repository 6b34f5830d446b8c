/** Promises of the actions that change a machine. */
@NullMarked
package io.byteport.adapter.host.change;

import org.jspecify.annotations.NullMarked;
