/** The agent: one process that hears alerts, carries runs on, and tells people. */
@NullMarked
package io.byteport.cli.agent;

import org.jspecify.annotations.NullMarked;
