/** Adaptive cards in Microsoft Teams. */
@NullMarked
package io.byteport.adapter.notify.teams;

import org.jspecify.annotations.NullMarked;
