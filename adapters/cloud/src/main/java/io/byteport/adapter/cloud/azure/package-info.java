/** Azure: credentials, scale sets and node pools. */
@NullMarked
package io.byteport.adapter.cloud.azure;

import org.jspecify.annotations.NullMarked;
