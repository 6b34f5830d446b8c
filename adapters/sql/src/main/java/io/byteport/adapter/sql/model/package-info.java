/** What the actions on databases take and return. */
@NullMarked
package io.byteport.adapter.sql.model;

import org.jspecify.annotations.NullMarked;
