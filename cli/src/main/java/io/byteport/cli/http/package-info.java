/** The agent over HTTP: what sources send, an interface for programs, and the door for people. */
@NullMarked
package io.byteport.cli.http;

import org.jspecify.annotations.NullMarked;
