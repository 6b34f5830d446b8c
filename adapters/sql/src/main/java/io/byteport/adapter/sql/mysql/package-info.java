/** What is asked of MySQL and MariaDB, and what their answers mean. */
@NullMarked
package io.byteport.adapter.sql.mysql;

import org.jspecify.annotations.NullMarked;
