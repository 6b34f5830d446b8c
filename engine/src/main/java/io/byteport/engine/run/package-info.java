/** The life of a run: a pure interpreter and the driver around it. */
@NullMarked
package io.byteport.engine.run;

import org.jspecify.annotations.NullMarked;
