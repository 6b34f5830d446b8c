/** Mail through Postmark's API. */
@NullMarked
package io.byteport.adapter.notify.postmark;

import org.jspecify.annotations.NullMarked;
