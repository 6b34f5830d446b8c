/** Deploys that failed in GitHub Actions. */
@NullMarked
package io.byteport.adapter.alerts.github;

import org.jspecify.annotations.NullMarked;
