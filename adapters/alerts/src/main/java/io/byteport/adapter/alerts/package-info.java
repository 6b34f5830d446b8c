/** What alert sources say, read and fetched. */
@NullMarked
package io.byteport.adapter.alerts;

import org.jspecify.annotations.NullMarked;
