/** The kubectl family: its actions and watches over the Kubernetes API. */
@NullMarked
package io.byteport.adapter.kubernetes;

import org.jspecify.annotations.NullMarked;
