/** What an editor offers and tells while somebody writes: completion, signatures, hover, hints. */
@NullMarked
package io.byteport.lsp.assist;

import org.jspecify.annotations.NullMarked;
