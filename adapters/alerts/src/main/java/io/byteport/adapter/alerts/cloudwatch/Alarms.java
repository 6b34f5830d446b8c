package io.byteport.adapter.alerts.cloudwatch;

import io.byteport.adapter.alerts.reading.Labels;
import io.byteport.adapter.alerts.reading.Line;
import io.byteport.adapter.alerts.reading.Moments;
import io.byteport.adapter.alerts.reading.Numbers;
import io.byteport.adapter.alerts.reading.Severities;
import io.byteport.adapter.cloud.aws.FiringAlarms.Alarm;
import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes alerts of alarms, as the API describes them, and as a message of SNS carries them.
 * CloudWatch knows no severity: it is the one that the alarm's name, else its description mentions
 * as a word ({@code critical}, {@code p1}, {@code high}, {@code warning}, {@code info}, ...), else
 * high. OK is the end of an alarm, an info with the value 0; INSUFFICIENT_DATA says nothing. An
 * alarm is known by its ARN, however often it is delivered, and the time of its change is when it
 * began. Pure; never throws for what the JSON may be.
 */
final class Alarms {
  private static final Pattern DATAPOINT = Pattern.compile("\\[([0-9][0-9.Ee+-]{0,30}) \\(");
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:cloudwatch:([a-z0-9-]{1,40}):[0-9]{1,20}:alarm:(.+)");

  private Alarms() {}

  /** The alarm that the text of a notification is about; nothing where it is about none. */
  static Optional<Alarm> notified(Json message) {
    String name = message.text("AlarmName");
    String arn = message.text("AlarmArn");
    String state = message.text("NewStateValue");
    if (name == null || arn == null || state == null) {
      return Optional.empty();
    }
    Json metric = metric(message.at("Trigger"));
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (Json dimension : metric.at("Dimensions").items()) {
      String key = dimension.text("name");
      String value = dimension.text("value");
      if (key != null && value != null) {
        dimensions.put(key, value);
      }
    }
    String changed = message.text("StateChangeTime");
    String updated = changed == null ? message.text("StateUpdatedTimestamp") : changed;
    return Optional.of(
        new Alarm(
            name,
            arn,
            state,
            message.text("AlarmDescription"),
            message.text("NewStateReason"),
            Moments.find(updated),
            metric.text("Namespace"),
            metric.text("MetricName"),
            dimensions));
  }

  /** The metric of a trigger; the first that is measured where it calculates with several. */
  private static Json metric(Json trigger) {
    List<Json> several = trigger.at("Metrics").items();
    return several.stream()
        .map(one -> one.at("MetricStat", "Metric"))
        .filter(one -> !one.isMissing())
        .findFirst()
        .orElse(trigger);
  }

  /** What an alarm says; nothing where it has too little data to say anything. */
  static Optional<Alert> alert(Alarm alarm, Instant now) {
    boolean firing = alarm.state().equals("ALARM");
    if (!firing && !alarm.state().equals("OK")) {
      return Optional.empty();
    }
    Instant changed = alarm.changedAt();
    Labels labels =
        new Labels()
            .put("alarm", alarm.name())
            .put("arn", alarm.arn())
            .put("namespace", alarm.namespace())
            .put("metric", alarm.metric())
            .put("description", alarm.description())
            .put("reason", alarm.reason())
            .putAll(alarm.dimensions());
    Matcher arn = ARN.matcher(alarm.arn());
    @Nullable String region = arn.matches() ? arn.group(1) : null;
    labels.put("region", region);
    return Optional.of(
        new Alert(
            MetricTable.signal(alarm.namespace(), alarm.metric(), alarm.name()),
            Line.of(alarm.name(), alarm.description(), "an alarm without a name"),
            firing ? severity(alarm) : Severity.INFO,
            firing ? Status.FIRING : Status.RESOLVED,
            labels.map(),
            changed == null || changed.isAfter(now) ? now : changed,
            firing ? value(alarm.reason()) : "0",
            alarm.arn(),
            region == null ? null : link(region, alarm.name())));
  }

  private static Severity severity(Alarm alarm) {
    return Severities.mentioned(
        alarm.name(), Severities.mentioned(alarm.description(), Severity.HIGH));
  }

  /** The newest datapoint, which the reason names first. */
  private static @Nullable String value(@Nullable String reason) {
    Matcher matcher = DATAPOINT.matcher(reason == null ? "" : reason);
    return matcher.find() ? Numbers.plain(matcher.group(1)) : null;
  }

  private static String link(String region, String name) {
    String domain = region.startsWith("cn-") ? "console.amazonaws.cn" : "console.aws.amazon.com";
    return "https://"
        + domain
        + "/cloudwatch/home?region="
        + region
        + "#alarmsV2:alarm/"
        + Address.encode(name);
  }
}
