/** Tests of the package of the same name. */
@NullMarked
package io.byteport.adapter.alerts.cloudwatch;

import org.jspecify.annotations.NullMarked;
