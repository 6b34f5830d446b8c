/** The actions on single processes. */
@NullMarked
package io.byteport.adapter.host.proc;

import org.jspecify.annotations.NullMarked;
