/** Tests of how channels speak HTTP. */
@NullMarked
package io.byteport.adapter.notify.http;

import org.jspecify.annotations.NullMarked;
