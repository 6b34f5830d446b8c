package io.byteport.adapter.alerts.cloudwatch;

import static io.byteport.adapter.alerts.Given.NOW;
import static io.byteport.adapter.alerts.Given.SECRET;
import static io.byteport.adapter.alerts.Given.connection;
import static io.byteport.adapter.alerts.Given.open;
import static io.byteport.adapter.alerts.Given.polled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.alerts.OddJson;
import io.byteport.adapter.alerts.Site;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudWatchTest {
  private static final String DESCRIBED =
      """
      <DescribeAlarmsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">
        <DescribeAlarmsResult>
          <MetricAlarms>
            <member>
              <AlarmName>orders disk (critical)</AlarmName>
              <AlarmArn>arn:aws:cloudwatch:eu-west-1:123456789012:alarm:orders disk (critical)</AlarmArn>
              <StateValue>ALARM</StateValue>
              <StateReason>Threshold Crossed: 1 datapoint [2.1E9 (22/11/26 11:40:00)] was less than the threshold.</StateReason>
              <StateUpdatedTimestamp>2026-11-22T11:41:00.000Z</StateUpdatedTimestamp>
              <Namespace>AWS/RDS</Namespace>
              <MetricName>FreeStorageSpace</MetricName>
              <Dimensions><member><Name>DBInstanceIdentifier</Name><Value>orders</Value></member></Dimensions>
            </member>
          </MetricAlarms>
          <CompositeAlarms>
            <member>
              <AlarmName>checkout broken</AlarmName>
              <AlarmArn>arn:aws:cloudwatch:eu-west-1:123456789012:alarm:checkout broken</AlarmArn>
              <StateValue>ALARM</StateValue>
              <StateUpdatedTimestamp>2026-11-22T11:42:00Z</StateUpdatedTimestamp>
            </member>
          </CompositeAlarms>
          NEXT
        </DescribeAlarmsResult>
        <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
      </DescribeAlarmsResponse>
      """;
  private static final Map<String, String> KEYS =
      Map.of("accessKeyId", "AKIDEXAMPLE", "secretAccessKey", SECRET);

  private static Source at(Site site) {
    return open(
        new CloudWatchSource(),
        Map.of(),
        Map.of(),
        connection("aws", Map.of("address", site.url(), "region", "eu-west-1"), KEYS));
  }

  @Test
  void polling_asks_signed_and_reads_metric_and_composite_alarms() throws Exception {
    try (Site site = new Site().on("POST", "/", DESCRIBED.replace("NEXT", ""));
        Source source = at(site)) {
      List<Alert> alerts = polled(source);

      assertThat(alerts).hasSize(2);
      Alert disk = alerts.getFirst();
      assertThat(disk.type()).isEqualTo("database.disk_pressure");
      assertThat(disk.severity()).isEqualTo(Severity.CRITICAL);
      assertThat(disk.startedAt()).isEqualTo("2026-11-22T11:41:00Z");
      assertThat(disk.value()).isEqualTo("2100000000");
      assertThat(disk.labels()).containsEntry("DBInstanceIdentifier", "orders");
      assertThat(alerts.get(1).type()).isNull();
      assertThat(alerts.get(1).severity()).isEqualTo(Severity.HIGH);
      Site.Seen seen = site.seen().getFirst();
      assertThat(seen.body()).contains("Action=DescribeAlarms", "StateValue=ALARM");
      assertThat(seen.header("Authorization"))
          .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/eu-west-1/monitoring/");
    }
  }

  @Test
  void polling_reads_all_pages() throws Exception {
    try (Site site = new Site()) {
      String more = DESCRIBED.replace("NEXT", "<NextToken>abc</NextToken>");
      site.on("POST", "/", more);
      try (Source source = at(site)) {
        assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
            .hasMessageContaining("more than 100 pages of alarms fire in eu-west-1");
        assertThat(site.seen().get(1).body()).contains("NextToken=abc");
      }
    }
  }

  @Test
  void a_refusal_is_told_in_the_words_of_aws() throws Exception {
    String refusal =
        "<ErrorResponse><Error><Code>AccessDenied</Code>"
            + "<Message>not authorized to perform: cloudwatch:DescribeAlarms</Message></Error>"
            + "</ErrorResponse>";
    try (Site site = new Site().on("POST", "/", 403, Map.of(), refusal);
        Source source = at(site)) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessageContaining("AccessDenied: not authorized to perform");
    }
  }

  @Test
  void a_connection_that_is_missing_is_told() throws Exception {
    try (Source source = open(new CloudWatchSource(), Map.of("connection", "other"), Map.of())) {
      assertThat(catchThrowableOfType(SourceException.class, () -> polled(source)))
          .hasMessage("there is no connection `other` of the type aws");
    }
  }

  @Test
  void it_is_polled_and_hears_only_where_the_configuration_says_so() {
    Source neither = open(new CloudWatchSource(), Map.of(), Map.of());
    assertThat(neither.poller()).isEmpty();
    assertThat(neither.receiver()).isEmpty();
    Source heard = open(new CloudWatchSource(), Map.of("topics", List.of("arn:x")), Map.of());
    assertThat(heard.receiver()).isPresent();
    assertThat(heard.poller()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AWS/EC2, CPUUtilization, host.cpu_high",
    "AWS/EC2, StatusCheckFailed, service_unavailable",
    "AWS/RDS, FreeStorageSpace, database.disk_pressure",
    "AWS/RDS, DatabaseConnections, db_too_many_connections",
    "AWS/RDS, ReplicaLag, replication_lag",
    "AWS/Lambda, Errors, application_error.error_rate_spike",
    "AWS/ApplicationELB, HTTPCode_Target_5XX_Count, service.elevated_5xx",
    "AWS/ApplicationELB, UnHealthyHostCount, service_unavailable",
    "AWS/ECS, MemoryUtilization, memory_pressure",
    "AWS/CertificateManager, DaysToExpiry, ssl_cert_expiring",
    "CWAgent, disk_used_percent, disk_pressure",
    "CWAgent, mem_used_percent, memory_pressure",
    "ContainerInsights, pod_number_of_container_restarts, pod_crashloop"
  })
  void canonical_mapping(String namespace, String metric, String signal) throws Exception {
    assertThat(one(namespace, metric, "ALARM").type()).isEqualTo(signal);
  }

  @ParameterizedTest
  @CsvSource({
    "Shop, ProcessCPU, host.cpu_high",
    "Shop, Http5xxRate, service.elevated_5xx",
    "Shop, HeapMemoryUsed, memory_pressure",
    "Shop, DiskFree, disk_pressure",
    "Shop, ErrorRate, application_error.error_rate_spike",
    "Shop, CertificateAge, ssl_cert_expiring",
    "Shop, ContainerRestarts, pod_crashloop",
    "Shop, ReplicationLagSeconds, replication_lag"
  })
  void heuristic_fallback(String namespace, String metric, String signal) throws Exception {
    assertThat(one(namespace, metric, "ALARM").type()).isEqualTo(signal);
  }

  @Test
  void a_metric_that_nobody_knows_is_no_signal() throws Exception {
    assertThat(one("Shop", "OrdersPerMinute", "ALARM").type()).isNull();
  }

  @Test
  void tracks_ok_and_alarm_by_the_arn_and_the_time_of_the_change() throws Exception {
    Alert firing = one("AWS/EC2", "CPUUtilization", "ALARM");
    Alert ended = one("AWS/EC2", "CPUUtilization", "OK");

    assertThat(ended.status()).isEqualTo(Status.RESOLVED);
    assertThat(ended.fingerprint()).isEqualTo(firing.fingerprint());
    assertThat(firing.startedAt()).isEqualTo("2026-11-22T11:55:30.123Z");
  }

  @Test
  void the_time_of_the_change_is_read_under_either_name() {
    Json message =
        Json.lenient(SnsTest.ALARM.replace("\"StateChangeTime\"", "\"StateUpdatedTimestamp\""));
    assertThat(Alarms.alert(Alarms.notified(message).orElseThrow(), NOW).orElseThrow().startedAt())
        .isEqualTo("2026-11-22T11:55:30.123Z");
  }

  @Test
  void emit_resolved_gives_an_info_with_the_value_0() throws Exception {
    Alert ended = one("AWS/EC2", "CPUUtilization", "OK");
    assertThat(ended.severity()).isEqualTo(Severity.INFO);
    assertThat(ended.value()).isEqualTo("0");
  }

  @Test
  void too_little_data_says_nothing() {
    Json message = Json.lenient(SnsTest.ALARM.replace("\"ALARM\"", "\"INSUFFICIENT_DATA\""));
    assertThat(Alarms.alert(Alarms.notified(message).orElseThrow(), NOW)).isEmpty();
  }

  @Test
  void an_alarm_over_several_metrics_is_about_the_first_that_is_measured() {
    Json message =
        Json.lenient(
            """
            {"AlarmName": "ratio", "NewStateValue": "ALARM",
             "AlarmArn": "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:ratio",
             "Trigger": {"Period": 60, "Metrics": [
               {"Expression": "m1/m2", "Id": "e1", "ReturnData": true},
               {"Id": "m1", "MetricStat": {"Metric": {"Namespace": "AWS/Lambda",
                 "MetricName": "Errors", "Dimensions": [{"value": "f", "name": "FunctionName"}]},
                 "Period": 60, "Stat": "Sum"}}]}}
            """);
    Alert alert = Alarms.alert(Alarms.notified(message).orElseThrow(), NOW).orElseThrow();
    assertThat(alert.type()).isEqualTo("application_error.error_rate_spike");
    assertThat(alert.labels()).containsEntry("FunctionName", "f");
    assertThat(alert.startedAt()).isEqualTo(NOW);
  }

  private static Alert one(String namespace, String metric, String state) {
    String message =
        SnsTest.ALARM
            .replace("AWS/EC2", namespace)
            .replace("CPUUtilization", metric)
            .replace("\"NewStateValue\": \"ALARM\"", "\"NewStateValue\": \"" + state + "\"");
    return Alarms.alert(Alarms.notified(Json.lenient(message)).orElseThrow(), NOW).orElseThrow();
  }

  @Provide
  Arbitrary<String> messages() {
    return OddJson.of(
        List.of(
            "AlarmName",
            "AlarmArn",
            "NewStateValue",
            "Trigger",
            "Dimensions",
            "Metrics",
            "MetricStat",
            "Metric",
            "MetricName",
            "Namespace",
            "StateChangeTime",
            "NewStateReason"),
        SnsTest.ALARM);
  }

  @Property(tries = 300)
  void no_message_makes_the_mapper_throw(@ForAll("messages") String body) {
    assertThat(
            Alarms.notified(Json.lenient(body)).flatMap(alarm -> Alarms.alert(alarm, NOW)).stream())
        .doesNotContainNull();
  }
}
