/** Changes of texts that an editor offers: fixes, missing parts, facts, tests. */
@NullMarked
package io.byteport.lsp.change;

import org.jspecify.annotations.NullMarked;
