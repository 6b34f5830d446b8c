/** What the language means, run after run. */
@NullMarked
package io.byteport.engine.sim;

import org.jspecify.annotations.NullMarked;
