/** YAML files to text, and text to nodes with positions. */
@NullMarked
package io.byteport.dsl.yaml;

import org.jspecify.annotations.NullMarked;
