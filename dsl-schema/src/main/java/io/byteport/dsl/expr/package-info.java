/**
 * Expressions: syntax tree, typed tree, parser, type checker and the function library's signatures.
 */
@NullMarked
package io.byteport.dsl.expr;

import org.jspecify.annotations.NullMarked;
