package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cloud.alarms}: the metric alarms of CloudWatch. */
public record ListAlarms(AwsAccounts accounts)
    implements Action.Read<ListAlarms.Input, ListAlarms.Output> {
  private static final int MOST_PAGES = 10;

  /** The states of an alarm. */
  public enum AlarmState {
    @Word("OK")
    OK,
    @Word("ALARM")
    ALARM,
    @Word("INSUFFICIENT_DATA")
    INSUFFICIENT_DATA
  }

  /** What {@code cloud.alarms} takes. */
  public record Input(
      @Nullable AlarmState state,
      @Nullable String prefix,
      @Nullable String region,
      @Nullable String connection) {}

  /** One alarm. */
  public record Alarm(
      String name,
      String arn,
      AlarmState state,
      @Nullable String reason,
      @Nullable String metric,
      @Nullable String namespace,
      @Nullable Instant since) {}

  /** What {@code cloud.alarms} returns. */
  public record Output(List<Alarm> items) {
    public Output {
      items = List.copyOf(items);
    }
  }

  @Override
  public String name() {
    return "cloud.alarms";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    List<String> words = new ArrayList<>(List.of("aws", "cloudwatch", "describe-alarms"));
    if (input.state() != null) {
      words.addAll(List.of("--state-value", input.state().name()));
    }
    if (input.prefix() != null) {
      words.addAll(List.of("--alarm-name-prefix", input.prefix()));
    }
    return words;
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.of(context);
    AwsAccount aws = accounts.named(input.connection());
    String region = aws.region(input.region());
    Form form =
        AwsPlatform.form("MaxRecords", "100")
            .with("AlarmTypes.member.1", "MetricAlarm")
            .with("StateValue", input.state() == null ? null : input.state().name())
            .with("AlarmNamePrefix", input.prefix());
    List<Alarm> alarms = new ArrayList<>();
    String next = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      Xml answer = aws.cloudWatch(region, "DescribeAlarms", form.with("NextToken", next), deadline);
      for (Xml alarm : answer.list("MetricAlarms")) {
        alarms.add(alarm(alarm));
      }
      next = answer.text("NextToken");
      if (next == null) {
        break;
      }
    }
    return new Output(alarms);
  }

  private static Alarm alarm(Xml alarm) throws ActionException {
    String since = alarm.text("StateUpdatedTimestamp");
    return new Alarm(
        alarm.needed("AlarmName"),
        alarm.needed("AlarmArn"),
        state(alarm.text("StateValue")),
        alarm.text("StateReason"),
        alarm.text("MetricName"),
        alarm.text("Namespace"),
        since == null ? null : Json.parseInstant(since));
  }

  private static AlarmState state(@Nullable String word) {
    for (AlarmState state : AlarmState.values()) {
      if (state.name().equals(word)) {
        return state;
      }
    }
    return AlarmState.INSUFFICIENT_DATA;
  }
}
