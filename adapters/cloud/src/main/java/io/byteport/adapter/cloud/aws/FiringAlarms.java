package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All alarms of CloudWatch in the state ALARM, metric alarms and composite ones. */
public final class FiringAlarms {
  private static final int MOST_PAGES = 100;

  private FiringAlarms() {}

  /**
   * An alarm as it is now.
   *
   * @param changedAt when it came into its state; null where that is not said
   * @param namespace of its metric; null for one over several metrics or alarms
   * @param dimensions of its metric, by name
   */
  public record Alarm(
      String name,
      String arn,
      String state,
      @Nullable String description,
      @Nullable String reason,
      @Nullable Instant changedAt,
      @Nullable String namespace,
      @Nullable String metric,
      Map<String, String> dimensions) {
    public Alarm {
      dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    }
  }

  /**
   * Those of every region of an account.
   *
   * @throws ActionException if one cannot be asked, or has more than 10,000 of them
   */
  public static List<Alarm> read(AwsAccount account, Deadline deadline)
      throws ActionException, InterruptedException {
    List<String> regions =
        account.regions().isEmpty() ? List.of(account.region(null)) : account.regions();
    List<Alarm> alarms = new ArrayList<>();
    for (String region : regions) {
      read(account, account.region(region), deadline, alarms);
    }
    return alarms;
  }

  private static void read(AwsAccount account, String region, Deadline deadline, List<Alarm> alarms)
      throws ActionException, InterruptedException {
    Form form =
        AwsPlatform.form("MaxRecords", "100")
            .with("AlarmTypes.member.1", "MetricAlarm")
            .with("AlarmTypes.member.2", "CompositeAlarm")
            .with("StateValue", "ALARM");
    @Nullable String next = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      Xml answer =
          account.cloudWatch(region, "DescribeAlarms", form.with("NextToken", next), deadline);
      for (Xml alarm : answer.list("MetricAlarms")) {
        alarms.add(alarm(alarm));
      }
      for (Xml alarm : answer.list("CompositeAlarms")) {
        alarms.add(alarm(alarm));
      }
      next = answer.text("NextToken");
      if (next == null) {
        return;
      }
    }
    throw ActionException.refused(
        FailureKind.REFUSED, "more than " + MOST_PAGES + " pages of alarms fire in " + region);
  }

  private static Alarm alarm(Xml alarm) throws ActionException {
    String changed = alarm.text("StateTransitionedTimestamp");
    String updated = changed == null ? alarm.text("StateUpdatedTimestamp") : changed;
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (Xml dimension : alarm.list("Dimensions")) {
      String name = dimension.text("Name");
      String value = dimension.text("Value");
      if (name != null && value != null) {
        dimensions.put(name, value);
      }
    }
    return new Alarm(
        alarm.needed("AlarmName"),
        alarm.needed("AlarmArn"),
        "ALARM",
        alarm.text("AlarmDescription"),
        alarm.text("StateReason"),
        updated == null ? null : Json.parseInstant(updated),
        alarm.text("Namespace"),
        alarm.text("MetricName"),
        dimensions);
  }
}
