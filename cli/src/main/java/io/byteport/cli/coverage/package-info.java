/** What tests have reached of runbooks, written for people, for CI servers and for browsers. */
@NullMarked
package io.byteport.cli.coverage;

import org.jspecify.annotations.NullMarked;
