/** Files of the user: choosing, reading once, checking together, mending, watching. */
@NullMarked
package io.byteport.dsl.workspace;

import org.jspecify.annotations.NullMarked;
