/** What the server makes of a program that answers, breaks, or takes too long. */
@NullMarked
package io.byteport.lsp.live;

import org.jspecify.annotations.NullMarked;
