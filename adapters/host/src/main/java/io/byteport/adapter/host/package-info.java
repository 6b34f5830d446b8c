/** The families host, proc and shell: machines, their files, units and processes. */
@NullMarked
package io.byteport.adapter.host;

import org.jspecify.annotations.NullMarked;
