/** Secrets and entries as they come from configuration. */
@NullMarked
package io.byteport.engine.connection;

import org.jspecify.annotations.NullMarked;
