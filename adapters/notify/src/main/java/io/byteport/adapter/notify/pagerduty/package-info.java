/** PagerDuty's Events API, version 2. */
@NullMarked
package io.byteport.adapter.notify.pagerduty;

import org.jspecify.annotations.NullMarked;
