/** Issues on GitHub. */
@NullMarked
package io.byteport.adapter.notify.github;

import org.jspecify.annotations.NullMarked;
