/** Tests of the package of the same name. */
@NullMarked
package io.byteport.adapter.alerts.flux;

import org.jspecify.annotations.NullMarked;
