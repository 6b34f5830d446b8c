/** The actions that change databases. */
@NullMarked
package io.byteport.adapter.sql.change;

import org.jspecify.annotations.NullMarked;
