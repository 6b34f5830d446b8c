/** What is asked of MongoDB, and what its answers mean. */
@NullMarked
package io.byteport.adapter.sql.mongo;

import org.jspecify.annotations.NullMarked;
