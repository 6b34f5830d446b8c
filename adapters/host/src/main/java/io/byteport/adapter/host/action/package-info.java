/** What actions on machines have in common: one machine, its commands, one answer. */
@NullMarked
package io.byteport.adapter.host.action;

import org.jspecify.annotations.NullMarked;
