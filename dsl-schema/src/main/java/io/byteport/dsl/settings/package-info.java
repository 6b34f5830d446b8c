/** What a team sets for its runbooks in `byteport.yaml`: severities, exclusions, fail level. */
@NullMarked
package io.byteport.dsl.settings;

import org.jspecify.annotations.NullMarked;
