/** Tests of the mappers, on recorded outputs. */
@NullMarked
package io.byteport.adapter.host.mapping;

import org.jspecify.annotations.NullMarked;
