/** Text with positions: files, spans and the map from a scalar's value back to its file. */
@NullMarked
package io.byteport.dsl.source;

import org.jspecify.annotations.NullMarked;
