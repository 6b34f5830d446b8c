/** The language server: what an editor asks about runbooks, answered by the language itself. */
@NullMarked
package io.byteport.lsp;

import org.jspecify.annotations.NullMarked;
