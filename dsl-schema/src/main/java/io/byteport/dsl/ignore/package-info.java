/** Comments in a file that overrule a judgement at their place, with a reason. */
@NullMarked
package io.byteport.dsl.ignore;

import org.jspecify.annotations.NullMarked;
