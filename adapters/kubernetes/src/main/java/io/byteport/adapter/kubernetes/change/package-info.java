/** The actions that change something, each tried first as a server-side dry-run. */
@NullMarked
package io.byteport.adapter.kubernetes.change;

import org.jspecify.annotations.NullMarked;
