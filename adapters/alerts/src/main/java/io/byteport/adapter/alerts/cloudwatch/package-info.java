/** Alarms of CloudWatch, asked for and posted by SNS. */
@NullMarked
package io.byteport.adapter.alerts.cloudwatch;

import org.jspecify.annotations.NullMarked;
