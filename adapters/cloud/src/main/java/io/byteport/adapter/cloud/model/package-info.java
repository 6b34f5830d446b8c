/** Answers that several services give alike. */
@NullMarked
package io.byteport.adapter.cloud.model;

import org.jspecify.annotations.NullMarked;
