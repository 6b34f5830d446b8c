/** The actions that look at a machine. */
@NullMarked
package io.byteport.adapter.host.read;

import org.jspecify.annotations.NullMarked;
