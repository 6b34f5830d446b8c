/** Deploys of Render that failed, and services that did. */
@NullMarked
package io.byteport.adapter.alerts.render;

import org.jspecify.annotations.NullMarked;
