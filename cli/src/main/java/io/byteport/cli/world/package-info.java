/** What the stories of {@code byteport demo} happen in: systems that are simulated or borrowed. */
@NullMarked
package io.byteport.cli.world;

import org.jspecify.annotations.NullMarked;
