/** What machines are made of, as the catalogue describes it. */
@NullMarked
package io.byteport.adapter.host.model;

import org.jspecify.annotations.NullMarked;
