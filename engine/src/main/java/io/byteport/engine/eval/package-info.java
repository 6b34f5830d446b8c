/** Evaluation of typed expressions: three-valued, pure, explained from the same walk. */
@NullMarked
package io.byteport.engine.eval;

import org.jspecify.annotations.NullMarked;
