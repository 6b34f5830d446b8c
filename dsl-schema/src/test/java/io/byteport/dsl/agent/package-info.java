/** Tests of the configuration of agents. */
@NullMarked
package io.byteport.dsl.agent;

import org.jspecify.annotations.NullMarked;
