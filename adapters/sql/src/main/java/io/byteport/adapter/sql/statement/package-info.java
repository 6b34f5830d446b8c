/** Texts of SQL: one statement that only reads, and statements with their literals taken out. */
@NullMarked
package io.byteport.adapter.sql.statement;

import org.jspecify.annotations.NullMarked;
