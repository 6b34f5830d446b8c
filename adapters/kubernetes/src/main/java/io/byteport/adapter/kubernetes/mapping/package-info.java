/** Pure functions from objects of the Kubernetes API to the records of the catalogue. */
@NullMarked
package io.byteport.adapter.kubernetes.mapping;

import org.jspecify.annotations.NullMarked;
