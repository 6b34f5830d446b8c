/** What was found or tested, written for people and for the programs that read it. */
@NullMarked
package io.byteport.cli.report;

import org.jspecify.annotations.NullMarked;
