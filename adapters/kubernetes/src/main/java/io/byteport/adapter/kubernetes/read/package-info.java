/** The actions that look and change nothing. */
@NullMarked
package io.byteport.adapter.kubernetes.read;

import org.jspecify.annotations.NullMarked;
