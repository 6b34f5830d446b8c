/** From connections as they are configured to the inventory, and to where secrets are kept. */
@NullMarked
package io.byteport.engine.connection;

import org.jspecify.annotations.NullMarked;
