package io.byteport.adapter.alerts.cloudwatch;

import io.byteport.adapter.alerts.web.Accounts;
import io.byteport.adapter.cloud.aws.AwsAccount;
import io.byteport.adapter.cloud.aws.FiringAlarms;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.SourceException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for all alarms in the state ALARM; needs cloudwatch:DescribeAlarms. */
record AlarmPoller(AwsAccount account, Accounts accounts, InstantSource clock) implements Poller {

  @Override
  public Polled poll(@Nullable String cursor) throws SourceException, InterruptedException {
    List<FiringAlarms.Alarm> alarms =
        accounts.ask(context -> FiringAlarms.read(account, Deadline.of(context)));
    Instant now = clock.instant();
    return Polled.everything(
        alarms.stream().flatMap(alarm -> Alarms.alert(alarm, now).stream()).toList());
  }
}
