/** Databases: PostgreSQL, MySQL and MariaDB, MongoDB, and PgBouncer's console. */
@NullMarked
package io.byteport.adapter.sql;

import org.jspecify.annotations.NullMarked;
