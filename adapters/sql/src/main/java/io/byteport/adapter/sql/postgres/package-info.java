/** What is asked of PostgreSQL, and what its answers mean. */
@NullMarked
package io.byteport.adapter.sql.postgres;

import org.jspecify.annotations.NullMarked;
