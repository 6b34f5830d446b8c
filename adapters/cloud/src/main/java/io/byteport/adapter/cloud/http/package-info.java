/** One way to speak HTTP for every API: addresses, limits, retries and failures. */
@NullMarked
package io.byteport.adapter.cloud.http;

import org.jspecify.annotations.NullMarked;
