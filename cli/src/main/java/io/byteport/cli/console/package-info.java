/** The agent in a browser: what it does, what it asks, and what it is made of, as pages of HTML. */
@NullMarked
package io.byteport.cli.console;

import org.jspecify.annotations.NullMarked;
