package io.byteport.adapter.alerts.cloudwatch;

import io.byteport.adapter.cloud.aws.AwsAccount;
import io.byteport.adapter.cloud.aws.FiringAlarms;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Asks for all alarms in the state ALARM, within a minute; needs cloudwatch:DescribeAlarms. */
record AlarmPoller(AwsAccount account, InstantSource clock) implements Poller {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Override
  public Polled poll(@Nullable String cursor) throws SourceException, InterruptedException {
    try {
      Deadline deadline = Deadline.of(new ActionContext(clock, LIMIT, "poll"));
      return Polled.everything(
          FiringAlarms.read(account, deadline).stream()
              .flatMap(alarm -> Alarms.alert(alarm, clock.instant()).stream())
              .toList());
    } catch (ActionException failed) {
      throw new SourceException(failed.reason(), null, failed);
    }
  }
}
