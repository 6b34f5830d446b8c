/** Descriptions of actions, as data that is readable offline. */
@NullMarked
package io.byteport.dsl.action;

import org.jspecify.annotations.NullMarked;
