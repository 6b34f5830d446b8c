/** Libraries: what runbooks share, and how a runbook takes it in. */
@NullMarked
package io.byteport.dsl.include;

import org.jspecify.annotations.NullMarked;
