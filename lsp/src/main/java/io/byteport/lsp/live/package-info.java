/** What the program is asked in a process of its own, since the language server never evaluates. */
@NullMarked
package io.byteport.lsp.live;

import org.jspecify.annotations.NullMarked;
