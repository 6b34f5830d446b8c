@NullMarked
package io.byteport.dsl.edit;

import org.jspecify.annotations.NullMarked;
