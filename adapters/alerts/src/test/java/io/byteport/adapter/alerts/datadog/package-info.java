/** Tests of the package of the same name. */
@NullMarked
package io.byteport.adapter.alerts.datadog;

import org.jspecify.annotations.NullMarked;
