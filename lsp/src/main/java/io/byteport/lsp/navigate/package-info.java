/** From a name to everything that means the same, through the files of a project. */
@NullMarked
package io.byteport.lsp.navigate;

import org.jspecify.annotations.NullMarked;
