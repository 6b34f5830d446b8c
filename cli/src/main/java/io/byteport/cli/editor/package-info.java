/** The program as an editor's server starts it again, in processes of their own. */
@NullMarked
package io.byteport.cli.editor;

import org.jspecify.annotations.NullMarked;
