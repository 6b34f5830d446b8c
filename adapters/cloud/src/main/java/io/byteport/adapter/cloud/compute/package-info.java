/** Volumes, node groups and instances, whichever cloud they are in: the actions {@code cloud.*}. */
@NullMarked
package io.byteport.adapter.cloud.compute;

import org.jspecify.annotations.NullMarked;
