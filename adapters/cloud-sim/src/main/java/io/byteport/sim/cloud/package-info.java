/**
 * Test equipment: the APIs of Render, GitHub Actions and Sentry on one clock, over HTTP, and the
 * sites whose health follows from what is deployed. Knows nothing of BytePort.
 */
@NullMarked
package io.byteport.sim.cloud;

import org.jspecify.annotations.NullMarked;
