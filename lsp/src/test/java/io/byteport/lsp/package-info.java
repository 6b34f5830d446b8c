@NullMarked
package io.byteport.lsp;

import org.jspecify.annotations.NullMarked;
