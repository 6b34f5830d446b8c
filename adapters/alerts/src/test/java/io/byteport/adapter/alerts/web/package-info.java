/** Tests of the package of the same name. */
@NullMarked
package io.byteport.adapter.alerts.web;

import org.jspecify.annotations.NullMarked;
