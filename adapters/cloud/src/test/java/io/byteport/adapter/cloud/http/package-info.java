/** The one way to speak HTTP, by itself. */
@NullMarked
package io.byteport.adapter.cloud.http;

import org.jspecify.annotations.NullMarked;
