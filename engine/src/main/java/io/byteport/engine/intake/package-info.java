/** What sources say, taken durably, known again, and turned into runs. */
@NullMarked
package io.byteport.engine.intake;

import org.jspecify.annotations.NullMarked;
