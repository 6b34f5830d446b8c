/** What the agent's own machine knows: its variables and files with credentials. */
@NullMarked
package io.byteport.adapter.cloud.machine;

import org.jspecify.annotations.NullMarked;
