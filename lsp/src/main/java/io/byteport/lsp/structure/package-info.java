/** How a text is built: its outline, what can be folded, what holds a place. */
@NullMarked
package io.byteport.lsp.structure;

import org.jspecify.annotations.NullMarked;
