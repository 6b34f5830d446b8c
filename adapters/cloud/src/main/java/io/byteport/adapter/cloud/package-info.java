/** The actions on clouds and services that are spoken to over their APIs. */
@NullMarked
package io.byteport.adapter.cloud;

import org.jspecify.annotations.NullMarked;
