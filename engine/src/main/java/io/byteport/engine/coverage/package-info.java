/** What of a runbook its tests have reached, told by the journals of the runs that they played. */
@NullMarked
package io.byteport.engine.coverage;

import org.jspecify.annotations.NullMarked;
