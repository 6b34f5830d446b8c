/** Asks sources over HTTP, within limits of time and size. */
@NullMarked
package io.byteport.adapter.alerts.web;

import org.jspecify.annotations.NullMarked;
