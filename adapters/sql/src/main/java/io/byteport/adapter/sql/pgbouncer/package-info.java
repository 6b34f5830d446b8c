/** PgBouncer's console: what may be said there, and what its answers mean. */
@NullMarked
package io.byteport.adapter.sql.pgbouncer;

import org.jspecify.annotations.NullMarked;
