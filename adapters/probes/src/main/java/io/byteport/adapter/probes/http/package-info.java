/** Reads over HTTP from addresses that the deployment configured. */
@NullMarked
package io.byteport.adapter.probes.http;

import org.jspecify.annotations.NullMarked;
