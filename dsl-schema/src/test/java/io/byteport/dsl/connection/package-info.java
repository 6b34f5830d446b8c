/** Files of connections, whatever is in them. */
@NullMarked
package io.byteport.dsl.connection;

import org.jspecify.annotations.NullMarked;
