/** The configuration of an agent: whom it hears, what it may reach and do, and whom it tells. */
@NullMarked
package io.byteport.dsl.agent;

import org.jspecify.annotations.NullMarked;
