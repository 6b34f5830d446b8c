/** Writes down what a cluster must allow. */
@NullMarked
package io.byteport.adapter.kubernetes.rbac;

import org.jspecify.annotations.NullMarked;
