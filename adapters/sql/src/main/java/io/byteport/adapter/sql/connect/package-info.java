/** Connections to the servers of the inventory, and what goes wrong with them. */
@NullMarked
package io.byteport.adapter.sql.connect;

import org.jspecify.annotations.NullMarked;
