/** Files of the user: choosing, reading once, checking together, mending, watching. */
@NullMarked
package io.byteport.cli.files;

import org.jspecify.annotations.NullMarked;
