/** Runbooks as people read them: one sheet for each, shown as Markdown, as a site and as JSON. */
@NullMarked
package io.byteport.cli.gallery;

import org.jspecify.annotations.NullMarked;
