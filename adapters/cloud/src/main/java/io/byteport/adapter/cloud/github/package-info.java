/** GitHub: workflow runs, their logs, and what is proposed to people. */
@NullMarked
package io.byteport.adapter.cloud.github;

import org.jspecify.annotations.NullMarked;
