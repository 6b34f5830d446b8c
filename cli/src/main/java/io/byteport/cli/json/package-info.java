/** What the program tells programs, in shapes that commands and HTTP share. */
@NullMarked
package io.byteport.cli.json;

import org.jspecify.annotations.NullMarked;
