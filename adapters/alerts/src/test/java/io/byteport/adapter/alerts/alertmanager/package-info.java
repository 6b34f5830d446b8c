/** Tests of the package of the same name. */
@NullMarked
package io.byteport.adapter.alerts.alertmanager;

import org.jspecify.annotations.NullMarked;
