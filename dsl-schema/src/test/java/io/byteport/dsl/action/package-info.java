/** What catalogues of actions promise. */
@NullMarked
package io.byteport.dsl.action;

import org.jspecify.annotations.NullMarked;
