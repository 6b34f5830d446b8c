@NullMarked
package io.byteport.lsp.assist;

import org.jspecify.annotations.NullMarked;
