/** Choosing, mending and watching files, on real folders and against git itself. */
@NullMarked
package io.byteport.cli.files;

import org.jspecify.annotations.NullMarked;
