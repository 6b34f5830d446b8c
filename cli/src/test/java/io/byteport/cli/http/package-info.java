/** The agent over HTTP, asked through real sockets. */
@NullMarked
package io.byteport.cli.http;

import org.jspecify.annotations.NullMarked;
