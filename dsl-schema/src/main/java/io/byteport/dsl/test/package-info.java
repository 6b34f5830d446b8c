/** Tests of runbooks: invented incidents, and what a runbook must come to on them. */
@NullMarked
package io.byteport.dsl.test;

import org.jspecify.annotations.NullMarked;
