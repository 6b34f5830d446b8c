package io.byteport.adapter.alerts.cloudwatch;

import static io.byteport.adapter.alerts.Given.NOW;
import static io.byteport.adapter.alerts.Given.delivered;
import static io.byteport.adapter.alerts.Given.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.engine.signal.Signal.Severity;
import io.byteport.engine.signal.Signal.Status;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Received.Refusal;
import io.byteport.engine.source.Receiver;
import io.byteport.engine.source.SourceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnsTest {
  private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:alarms";
  private static final String CERTIFICATE =
      "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";
  static final String ALARM =
      """
      {"AlarmName": "web-01 cpu", "AlarmDescription": "CPU of web-01",
       "AWSAccountId": "123456789012",
       "AlarmConfigurationUpdatedTimestamp": "2026-10-01T08:00:00.000+0000",
       "NewStateValue": "ALARM",
       "NewStateReason": "Threshold Crossed: 1 out of the last 1 datapoints [97.5 (22/11/26 11:50:00)] was greater than the threshold (90.0).",
       "StateChangeTime": "2026-11-22T11:55:30.123+0000", "Region": "EU (Ireland)",
       "AlarmArn": "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:web-01 cpu",
       "OldStateValue": "OK", "OKActions": [], "AlarmActions": [], "InsufficientDataActions": [],
       "Trigger": {"MetricName": "CPUUtilization", "Namespace": "AWS/EC2",
         "StatisticType": "Statistic", "Statistic": "AVERAGE", "Unit": null,
         "Dimensions": [{"value": "i-0abc", "name": "InstanceId"}], "Period": 300,
         "EvaluationPeriods": 1, "ComparisonOperator": "GreaterThanThreshold",
         "Threshold": 90.0, "TreatMissingData": "missing"}}
      """;

  @TempDir static Path folder;
  private static Signer sns;
  private static Signer stranger;
  private static Signer expired;

  private final List<String> fetched = new ArrayList<>();
  private Signer served = sns;

  @BeforeAll
  static void keys() throws Exception {
    sns = Signer.of(folder, "sns.amazonaws.com", "2020/01/01");
    stranger = Signer.of(folder, "sns.amazonaws.com.example.com", "2020/01/01");
    expired = Signer.of(folder, "sns.amazonaws.com", "2000/01/01");
  }

  private Receiver receiver(Map<String, ?> settings) {
    return CloudWatchSource.receiver(
        entry("cloudwatch", settings, Map.of()),
        address -> {
          fetched.add(address.uri().toString());
          if (address.uri().toString().endsWith(".pem")) {
            try {
              return served.pem();
            } catch (java.security.GeneralSecurityException broken) {
              throw new SourceException("no certificate", null, broken);
            }
          }
          return "<ConfirmSubscriptionResult><SubscriptionArn>x</SubscriptionArn>"
              + "</ConfirmSubscriptionResult>";
        });
  }

  private Receiver receiver() {
    return receiver(Map.of("topics", List.of(TOPIC)));
  }

  private static Map<String, String> notification(String version) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Type", "Notification");
    fields.put("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324");
    fields.put("TopicArn", TOPIC);
    fields.put("Subject", "ALARM: \"web-01 cpu\" in EU (Ireland)");
    fields.put("Message", ALARM);
    fields.put("Timestamp", "2026-11-22T11:55:31.000Z");
    fields.put("SignatureVersion", version);
    fields.put("SigningCertURL", CERTIFICATE);
    fields.put("UnsubscribeURL", "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe");
    return fields;
  }

  private static Refusal refused(Received received) {
    assertThat(received).isInstanceOf(Received.Refused.class);
    return ((Received.Refused) received).refusal();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void a_notification_that_sns_signed_is_read(String version) throws Exception {
    Received received = receiver().receive(delivered(sns.signed(notification(version))));

    assertThat(received).isInstanceOf(Received.Accepted.class);
    Alert alert = ((Received.Accepted) received).alerts().getFirst();
    assertThat(alert.type()).isEqualTo("host.cpu_high");
    assertThat(alert.title()).isEqualTo("web-01 cpu");
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.status()).isEqualTo(Status.FIRING);
    assertThat(alert.value()).isEqualTo("97.5");
    assertThat(alert.startedAt()).isEqualTo("2026-11-22T11:55:30.123Z");
    assertThat(alert.labels())
        .containsEntry("InstanceId", "i-0abc")
        .containsEntry("region", "eu-west-1");
    assertThat(alert.link())
        .isEqualTo(
            "https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1"
                + "#alarmsV2:alarm/web-01%20cpu");
  }

  @Test
  void a_message_without_a_subject_is_signed_without_it() throws Exception {
    Map<String, String> fields = notification("2");
    fields.remove("Subject");
    assertThat(receiver().receive(delivered(sns.signed(fields))))
        .isInstanceOf(Received.Accepted.class);
  }

  @Test
  void what_is_delivered_again_is_the_same_alert() throws Exception {
    Receiver receiver = receiver();
    String body = sns.signed(notification("2"));

    assertThat(receiver.receive(delivered(body))).isEqualTo(receiver.receive(delivered(body)));
    assertThat(fetched).as("the certificate is kept").hasSize(1);
  }

  @Test
  void a_changed_message_is_forged() throws Exception {
    String body = sns.signed(notification("2"));
    assertThat(refused(receiver().receive(delivered(body.replace("97.5", "12.5")))))
        .isEqualTo(Refusal.FORGED);
    assertThat(
            refused(
                receiver()
                    .receive(
                        delivered(
                            body.replace(
                                "\"SignatureVersion\":\"2\"", "\"SignatureVersion\":\"1\"")))))
        .isEqualTo(Refusal.FORGED);
    assertThat(
            refused(
                receiver()
                    .receive(
                        delivered(
                            body.replace(
                                "\"SignatureVersion\":\"2\"", "\"SignatureVersion\":\"3\"")))))
        .isEqualTo(Refusal.FORGED);
    assertThat(
            refused(
                receiver()
                    .receive(
                        delivered(body.replaceFirst("\"Signature\":\".{8}", "\"Signature\":\"")))))
        .isEqualTo(Refusal.FORGED);
  }

  @Test
  void the_signature_of_somebody_else_is_forged() throws Exception {
    String body = stranger.signed(notification("2"));
    assertThat(refused(receiver().receive(delivered(body)))).isEqualTo(Refusal.FORGED);
    served = stranger;
    assertThat(refused(receiver().receive(delivered(body))))
        .as("a certificate that is not made out to SNS")
        .isEqualTo(Refusal.FORGED);
    served = expired;
    assertThat(refused(receiver().receive(delivered(expired.signed(notification("2"))))))
        .as("a certificate that has expired")
        .isEqualTo(Refusal.FORGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-west-1.amazonaws.com.example.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://example.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-west-1.amazonaws.com@example.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://x@sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-west-1.amazonaws.com/bucket/SimpleNotificationService-0123456789abcdef.pem",
        "https://s3.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
        "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem?x=y",
        "https://sns.eu-west-1.amazonaws.com/../SimpleNotificationService-0123456789abcdef.pem",
        "not an address",
        ""
      })
  void a_certificate_is_read_from_hosts_of_sns_alone(String address) throws Exception {
    Map<String, String> fields = notification("2");
    fields.put("SigningCertURL", address);

    assertThat(refused(receiver().receive(delivered(sns.signed(fields)))))
        .isEqualTo(Refusal.FORGED);
    assertThat(fetched).isEmpty();
  }

  @Test
  void a_topic_that_is_not_configured_is_refused_before_anything_is_fetched() throws Exception {
    Map<String, String> fields = notification("2");
    fields.put("TopicArn", "arn:aws:sns:eu-west-1:999999999999:alarms");

    assertThat(refused(receiver().receive(delivered(sns.signed(fields)))))
        .isEqualTo(Refusal.FORGED);
    assertThat(fetched).isEmpty();
  }

  @Test
  void an_old_message_is_replayed() throws Exception {
    Map<String, String> fields = notification("2");
    fields.put("Timestamp", NOW.minus(Duration.ofMinutes(61)).toString());
    assertThat(refused(receiver().receive(delivered(sns.signed(fields)))))
        .isEqualTo(Refusal.REPLAYED);
    fields.put("Timestamp", "once");
    assertThat(refused(receiver().receive(delivered(sns.signed(fields)))))
        .isEqualTo(Refusal.REPLAYED);
    fields.put("Timestamp", NOW.minus(Duration.ofMinutes(59)).toString());
    assertThat(receiver().receive(delivered(sns.signed(fields))))
        .isInstanceOf(Received.Accepted.class);
  }

  private static Map<String, String> confirmation() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Type", "SubscriptionConfirmation");
    fields.put("MessageId", "165545c9");
    fields.put("Token", "2336412f37");
    fields.put("TopicArn", TOPIC);
    fields.put("Message", "You have chosen to subscribe to the topic.");
    fields.put(
        "SubscribeURL",
        "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37");
    fields.put("Timestamp", "2026-11-22T11:59:00.000Z");
    fields.put("SignatureVersion", "1");
    fields.put("SigningCertURL", CERTIFICATE);
    return fields;
  }

  @Test
  void a_subscription_is_confirmed_only_where_the_configuration_says_so() throws Exception {
    String body = sns.signed(confirmation());

    assertThat(refused(receiver().receive(delivered(body)))).isEqualTo(Refusal.FORGED);
    assertThat(fetched).containsExactly(CERTIFICATE);

    fetched.clear();
    Received received =
        receiver(Map.of("topics", List.of(TOPIC), "confirmSubscriptions", true))
            .receive(delivered(body));
    assertThat(received).isEqualTo(new Received.Accepted(List.of()));
    assertThat(fetched.get(1))
        .isEqualTo(
            "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription"
                + "&TopicArn=arn%3Aaws%3Asns%3Aeu-west-1%3A123456789012%3Aalarms"
                + "&Token=2336412f37");
  }

  @Test
  void a_subscription_is_not_confirmed_elsewhere() throws Exception {
    Map<String, String> fields = confirmation();
    fields.put("SubscribeURL", "https://example.com/?Action=ConfirmSubscription");

    assertThat(
            refused(
                receiver(Map.of("topics", List.of(TOPIC), "confirmSubscriptions", true))
                    .receive(delivered(sns.signed(fields)))))
        .isEqualTo(Refusal.FORGED);
    assertThat(fetched).containsExactly(CERTIFICATE);
  }

  @Test
  void what_is_signed_and_not_about_an_alarm_is_malformed() throws Exception {
    for (String message : List.of("hello", "{}", "[]", "")) {
      Map<String, String> fields = notification("2");
      fields.put("Message", message);
      assertThat(refused(receiver().receive(delivered(sns.signed(fields)))))
          .as(message)
          .isEqualTo(Refusal.MALFORMED);
    }
    assertThat(refused(receiver().receive(delivered(ALARM)))).isEqualTo(Refusal.UNSIGNED);
    assertThat(refused(receiver().receive(delivered("")))).isEqualTo(Refusal.UNSIGNED);
  }

  @Test
  void a_certificate_that_cannot_be_read_lets_the_sender_try_again() throws Exception {
    Receiver receiver =
        CloudWatchSource.receiver(
            entry("cloudwatch", Map.of("topics", List.of(TOPIC)), Map.of()), address -> "<html>");
    String body = sns.signed(notification("2"));
    assertThat(catchThrowableOfType(SourceException.class, () -> receiver.receive(delivered(body))))
        .hasMessage("expected a certificate at " + CERTIFICATE);
  }
}
