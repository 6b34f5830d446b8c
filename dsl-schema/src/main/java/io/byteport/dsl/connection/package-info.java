/** Connections: what an agent may reach, as it is written in configuration. */
@NullMarked
package io.byteport.dsl.connection;

import org.jspecify.annotations.NullMarked;
