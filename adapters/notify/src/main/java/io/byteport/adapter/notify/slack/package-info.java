/** Slack: messages of Block Kit, by an incoming webhook or by a bot. */
@NullMarked
package io.byteport.adapter.notify.slack;

import org.jspecify.annotations.NullMarked;
