/** What the actions ask of a server, whatever it speaks. */
@NullMarked
package io.byteport.adapter.sql.server;

import org.jspecify.annotations.NullMarked;
