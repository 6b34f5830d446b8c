/** Choosing, mending and watching files, on real folders and against git itself. */
@NullMarked
package io.byteport.dsl.workspace;

import org.jspecify.annotations.NullMarked;
