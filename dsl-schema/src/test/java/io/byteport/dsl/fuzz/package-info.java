/** Random inputs for the front end: what must hold for every one of them, and those kept. */
@NullMarked
package io.byteport.dsl.fuzz;

import org.jspecify.annotations.NullMarked;
