/** What the tests of all sources share. */
@NullMarked
package io.byteport.adapter.alerts;

import org.jspecify.annotations.NullMarked;
