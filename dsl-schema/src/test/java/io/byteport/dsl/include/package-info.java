/** Tests of libraries. */
@NullMarked
package io.byteport.dsl.include;

