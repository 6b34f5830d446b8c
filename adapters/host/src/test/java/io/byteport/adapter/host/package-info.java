/** Tests of the families host, proc and shell. */
@NullMarked
package io.byteport.adapter.host;

import org.jspecify.annotations.NullMarked;
