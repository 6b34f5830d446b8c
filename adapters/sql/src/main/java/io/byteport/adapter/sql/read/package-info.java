/** The actions that look at databases. */
@NullMarked
package io.byteport.adapter.sql.read;

import org.jspecify.annotations.NullMarked;
