package io.byteport.adapter.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.cloud.ContractServer.Answer;
import io.byteport.adapter.cloud.ContractServer.Fault;
import io.byteport.adapter.cloud.ContractServer.Seen;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsTest {
  private static final String VOLUME = "vol-0123456789abcdef0";
  private static final String KEY = "AKIDEXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final DataSize GIB_125 = new DataSize(125L << 30);

  static final Inventory.Entry ACCOUNT =
      Rig.entry(
          "aws",
          "prod",
          Map.of("region", "eu-west-1"),
          Map.of("accessKeyId", KEY, "secretAccessKey", SECRET));
  static final Inventory.Entry CLUSTER =
      Rig.entry(
          "cluster", "prod-eu", Map.of("account", "prod", "providerCluster", "shop"), Map.of());

  private final Rig rig = Rig.of(ACCOUNT, CLUSTER);

  @BeforeEach
  void volume() {
    rig.server
        .on("POST", "/", "Action=DescribeVolumes&", describeVolumes(100))
        .on("POST", "/", "Action=DescribeVolumesModifications", modifications(""));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String describeVolumes(int size) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <DescribeVolumesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
      <requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
      <volumeSet><item>
        <volumeId>vol-0123456789abcdef0</volumeId><size>%d</size><snapshotId/>
        <availabilityZone>eu-west-1a</availabilityZone><status>in-use</status>
        <attachmentSet><item>
          <volumeId>vol-0123456789abcdef0</volumeId>
          <instanceId>i-0598c7d356eba48d7</instanceId>
          <device>/dev/xvdb</device><status>attached</status>
        </item></attachmentSet>
      </item></volumeSet>
    </DescribeVolumesResponse>\
    """
        .formatted(size);
  }

  private static String modifications(String items) {
    return "<DescribeVolumesModificationsResponse><requestId>r</requestId><volumeModificationSet>"
        + items
        + "</volumeModificationSet></DescribeVolumesModificationsResponse>";
  }

  private static String modification(String state, int target, String start) {
    return "<item><volumeId>"
        + VOLUME
        + "</volumeId><modificationState>"
        + state
        + "</modificationState><targetSize>"
        + target
        + "</targetSize><progress>10</progress><startTime>"
        + start
        + "</startTime></item>";
  }

  private static Answer error(int status, String code, String message) {
    return Answer.of(
        status,
        "<Response><Errors><Error><Code>"
            + code
            + "</Code><Message>"
            + message
            + "</Message></Error></Errors><RequestID>r</RequestID></Response>");
  }

  private static Answer dryRun() {
    return error(412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
  }

  private Rig.Change growth() throws Exception {
    rig.server.on("POST", "/", "DryRun=true", dryRun());
    return rig.change("cloud.growVolume", "volume", found(), "size", GIB_125).prepared();
  }

  private StructValue found() throws Exception {
    return rig.read("cloud.volume", "provider", "aws", "id", VOLUME);
  }

  @Test
  void every_request_is_signed_for_its_service_and_region() throws Exception {
    found();
    assertThat(rig.server.seen()).hasSize(2);
    for (Seen seen : rig.server.seen()) {
      assertThat(SignatureCheck.holds(seen, SECRET, KEY + "/eu-west-1/ec2")).isTrue();
      assertThat(seen.header("x-amz-date")).isEqualTo("20261122T060000Z");
      assertThat(seen.form()).containsEntry("Version", "2016-11-15");
      assertThat(seen.header("content-type")).startsWith("application/x-www-form-urlencoded");
    }
    assertThat(rig.server.unexpected()).isEmpty();
  }

  @Test
  void temporary_keys_bring_their_session_along() throws Exception {
    try (Rig temporary =
        Rig.of(
            Rig.entry(
                "aws",
                "prod",
                Map.of("region", "eu-west-1"),
                Map.of(
                    "accessKeyId", KEY, "secretAccessKey", SECRET, "sessionToken", "tok/en=")))) {
      temporary.server.on("POST", "/", "DescribeVolumes", describeVolumes(1));
      temporary.read("cloud.volume", "provider", "aws", "id", VOLUME);
      Seen seen = temporary.server.seen().get(0);
      assertThat(seen.header("x-amz-security-token")).isEqualTo("tok/en=");
      assertThat(SignatureCheck.holds(seen, SECRET, KEY + "/eu-west-1/ec2")).isTrue();
    }
  }

  @Test
  void a_volume_is_what_aws_says_of_it() throws Exception {
    StructValue volume = found();
    assertThat(volume.get("size")).isEqualTo(Value.of(new DataSize(100L << 30)));
    assertThat(volume.get("usable")).isEqualTo(Value.of(true));
    assertThat(volume.get("attachedTo")).isEqualTo(Value.of("i-0598c7d356eba48d7"));
    assertThat(volume.get("account")).isEqualTo(Value.of("prod"));
    assertThat(volume.get("region")).isEqualTo(Value.of("eu-west-1"));
  }

  @ParameterizedTest
  @CsvSource({"modifying,false", "optimizing,true", "completed,true", "failed,true"})
  void a_volume_is_usable_unless_it_is_being_modified(String state, boolean usable)
      throws Exception {
    rig.server.on(
        "POST",
        "/",
        "Action=DescribeVolumesModifications",
        modifications(
            modification("completed", 80, "2026-01-01T00:00:00.000Z")
                + modification(state, 125, "2026-11-22T05:59:00.000Z")));
    assertThat(found().get("usable")).isEqualTo(Value.of(usable));
  }

  @Test
  void a_volume_that_no_account_has_is_not_found() throws Exception {
    rig.server.on(
        "POST",
        "/",
        "Action=DescribeVolumes&",
        error(400, "InvalidVolume.NotFound", "The volume does not exist."));
    assertThat(rig.find("cloud.volume", "provider", "aws", "id", VOLUME)).isNull();
  }

  @Test
  void a_region_out_of_reach_is_not_asked() throws Exception {
    assertThat(rig.find("cloud.volume", "provider", "aws", "id", VOLUME, "region", "us-east-1"))
        .isNull();
    assertThat(rig.server.seen()).isEmpty();
  }

  @Test
  void growth_is_rehearsed_and_then_made_once() throws Exception {
    Rig.Change growth = growth();
    assertThat(rig.server.seen()).anyMatch(seen -> seen.body().contains("DryRun=true"));
    assertThat(rig.server.seen()).noneMatch(AwsTest::modifies);
    rig.server.on(
        "POST",
        "/",
        "Action=ModifyVolume&Version=2016-11-15&VolumeId=" + VOLUME + "&Size=125",
        "<ModifyVolumeResponse><volumeModification/></ModifyVolumeResponse>");
    // The rule for the rehearsal matches only a body with DryRun.
    rig.server.on("POST", "/", "DryRun=true", dryRun());
    assertThat(growth.made().get("size")).isEqualTo(Value.of(GIB_125));
    assertThat(rig.server.seen()).filteredOn(AwsTest::modifies).hasSize(1);
  }

  private static boolean modifies(Seen seen) {
    return "ModifyVolume".equals(seen.form().get("Action")) && !seen.form().containsKey("DryRun");
  }

  @Test
  void a_growth_that_is_not_allowed_is_refused_before_it_is_recorded() {
    rig.server.on(
        "POST",
        "/",
        "DryRun=true",
        error(403, "UnauthorizedOperation", "You are not authorized to perform this operation."));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () -> rig.change("cloud.growVolume", "volume", found(), "size", GIB_125).prepared());
    assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
    assertThat(failure.reason())
        .contains("UnauthorizedOperation: You are not authorized to perform this operation.");
  }

  @Test
  void a_second_growth_within_six_hours_is_refused_with_the_words_of_aws() throws Exception {
    Rig.Change growth = growth();
    rig.server.on(
        "POST",
        "/",
        "Action=ModifyVolume",
        error(
            400,
            "VolumeModificationRateExceeded",
            "You've reached the maximum modification rate per volume limit."));
    ActionException failure = catchThrowableOfType(ActionException.class, growth::made);
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.effect()).isEqualTo(Effect.NONE);
    assertThat(failure.reason()).contains("maximum modification rate per volume");
  }

  @Test
  void a_growth_whose_answer_never_came_is_probed_by_its_modification() throws Exception {
    Rig.Change growth = growth();
    rig.server.on("POST", "/", "Action=ModifyVolume", Answer.of(200, "").failing(Fault.CUT));
    ActionException failure = catchThrowableOfType(ActionException.class, growth::made);
    assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    assertThat(growth.probed()).isEqualTo(Action.Probe.NOT_DONE);
    rig.server.on(
        "POST",
        "/",
        "Action=DescribeVolumesModifications",
        modifications(modification("modifying", 125, "2026-11-22T06:00:01.000Z")));
    assertThat(growth.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
    assertThat(growth.settled()).isFalse();
  }

  @Test
  void a_growth_is_settled_when_the_machine_can_see_it() throws Exception {
    Rig.Change growth = growth();
    rig.server
        .on("POST", "/", "Action=DescribeVolumes&", describeVolumes(125))
        .on(
            "POST",
            "/",
            "Action=DescribeVolumesModifications",
            modifications(modification("optimizing", 125, "2026-11-22T06:00:01.000Z")));
    assertThat(growth.settled()).isTrue();
    assertThat(growth.changed().changed()).isFalse();
  }

  @Test
  void a_volume_does_not_shrink() {
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () ->
                rig.change("cloud.growVolume", "volume", found(), "size", new DataSize(50L << 30))
                    .prepared());
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(failure.reason()).contains("does not shrink");
  }

  @Test
  void throttling_is_waited_out() throws Exception {
    rig.server.on(
        "POST",
        "/",
        "Action=DescribeVolumes&",
        error(503, "RequestLimitExceeded", "Request limit exceeded."),
        error(400, "Throttling", "Rate exceeded"),
        Answer.of(200, describeVolumes(100)));
    found();
    assertThat(rig.pauses).hasSize(2);
  }

  @Test
  void an_answer_that_declares_entities_is_not_read() {
    rig.server.on(
        "POST",
        "/",
        "Action=DescribeVolumes&",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>");
    ActionException failure = catchThrowableOfType(ActionException.class, this::found);
    assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
    assertThat(failure.reason()).doesNotContain("root:");
  }

  // ── node groups
  // ─────────────────────────────────────────────────────────────────────────────────

  private static String groups(int desired) {
    return """
    <DescribeAutoScalingGroupsResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">
      <DescribeAutoScalingGroupsResult><AutoScalingGroups><member>
        <AutoScalingGroupName>workers</AutoScalingGroupName>
        <MinSize>1</MinSize><MaxSize>5</MaxSize><DesiredCapacity>%d</DesiredCapacity>
        <Instances>
          <member><InstanceId>i-0aaaaaaaa</InstanceId><InstanceType>m5.large</InstanceType>
            <LifecycleState>InService</LifecycleState><HealthStatus>Healthy</HealthStatus></member>
          <member><InstanceId>i-0bbbbbbbb</InstanceId><InstanceType>m5.large</InstanceType>
            <LifecycleState>InService</LifecycleState><HealthStatus>Healthy</HealthStatus></member>
        </Instances>
      </member></AutoScalingGroups></DescribeAutoScalingGroupsResult>
    </DescribeAutoScalingGroupsResponse>\
    """
        .formatted(desired);
  }

  private StructValue pool() throws Exception {
    rig.server
        .on("POST", "/", "Action=DescribeAutoScalingGroups", groups(2))
        .on(
            "POST",
            "/",
            "Action=DescribeInstanceTypes",
            "<DescribeInstanceTypesResponse><instanceTypeSet><item>"
                + "<instanceType>m5.large</instanceType><vCpuInfo><defaultVCpus>2</defaultVCpus>"
                + "</vCpuInfo><memoryInfo><sizeInMiB>8192</sizeInMiB></memoryInfo></item>"
                + "</instanceTypeSet></DescribeInstanceTypesResponse>");
    StructValue all = rig.read("cloud.nodePools");
    return (StructValue) ((Value.ListValue) all.get("items")).items().get(0);
  }

  @Test
  void node_groups_are_those_with_the_tag_of_the_cluster() throws Exception {
    StructValue pool = pool();
    assertThat(pool.get("name")).isEqualTo(Value.of("workers"));
    assertThat(pool.get("size")).isEqualTo(Value.of(2.0));
    assertThat(pool.get("maximum")).isEqualTo(Value.of(5.0));
    assertThat(((StructValue) pool.get("perNode")).get("memory"))
        .isEqualTo(Value.of(new DataSize(8L << 30)));
    Seen asked = rig.server.seen().get(0);
    assertThat(asked.form())
        .containsEntry("Filters.member.1.Name", "tag-key")
        .containsEntry("Filters.member.1.Values.member.1", "kubernetes.io/cluster/shop");
    assertThat(SignatureCheck.holds(asked, SECRET, KEY + "/eu-west-1/autoscaling")).isTrue();
  }

  @Test
  void a_group_is_resized_within_its_bounds_and_settled_when_all_run() throws Exception {
    Rig.Change resize = rig.change("cloud.resizeNodePool", "pool", pool(), "size", 3).prepared();
    rig.server.on("POST", "/", "Action=SetDesiredCapacity", "<SetDesiredCapacityResponse/>");
    StructValue made = resize.made();
    assertThat(made.get("from")).isEqualTo(Value.of(2.0));
    assertThat(made.get("to")).isEqualTo(Value.of(3.0));
    assertThat(rig.server.seen())
        .filteredOn(seen -> seen.body().contains("SetDesiredCapacity"))
        .singleElement()
        .satisfies(
            seen ->
                assertThat(seen.form())
                    .containsEntry("AutoScalingGroupName", "workers")
                    .containsEntry("DesiredCapacity", "3"));
    assertThat(resize.probed()).isEqualTo(Action.Probe.NOT_DONE);
    rig.server.on("POST", "/", "Action=DescribeAutoScalingGroups", groups(3));
    assertThat(resize.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
    assertThat(resize.settled()).isFalse();
  }

  @Test
  void a_size_beyond_the_group_s_bounds_is_refused() throws Exception {
    StructValue pool = pool();
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () -> rig.change("cloud.resizeNodePool", "pool", pool, "size", 6).prepared());
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.reason()).contains("from 1 to 5 nodes, not 6");
  }

  private static String member(String items) {
    return "<DescribeAutoScalingInstancesResponse><DescribeAutoScalingInstancesResult>"
        + "<AutoScalingInstances>"
        + items
        + "</AutoScalingInstances></DescribeAutoScalingInstancesResult>"
        + "</DescribeAutoScalingInstancesResponse>";
  }

  private static final String MEMBER =
      "<member><InstanceId>i-0598c7d356eba48d7</InstanceId><AutoScalingGroupName>workers"
          + "</AutoScalingGroupName><LifecycleState>InService</LifecycleState></member>";

  private static String state(String name) {
    return "<DescribeInstancesResponse><reservationSet><item><instancesSet><item>"
        + "<instanceId>i-0598c7d356eba48d7</instanceId><instanceState><code>16</code><name>"
        + name
        + "</name></instanceState></item></instancesSet></item></reservationSet>"
        + "</DescribeInstancesResponse>";
  }

  @Test
  void a_node_is_replaced_by_ending_its_instance_without_shrinking_the_group() throws Exception {
    rig.server
        .on("POST", "/", "Action=DescribeAutoScalingInstances", member(MEMBER))
        .on("POST", "/", "Action=DescribeInstances", state("running"))
        .on("POST", "/", "Action=TerminateInstanceInAutoScalingGroup", "<R/>");
    Rig.Change replace =
        rig.change("cloud.replaceNode", "providerId", "aws:///eu-west-1a/i-0598c7d356eba48d7")
            .prepared();
    assertThat(replace.probed()).isEqualTo(Action.Probe.NOT_DONE);
    assertThat(replace.made().get("instance")).isEqualTo(Value.of("i-0598c7d356eba48d7"));
    assertThat(rig.server.seen())
        .filteredOn(seen -> seen.body().contains("TerminateInstance"))
        .singleElement()
        .satisfies(
            seen ->
                assertThat(seen.form())
                    .containsEntry("InstanceId", "i-0598c7d356eba48d7")
                    .containsEntry("ShouldDecrementDesiredCapacity", "false"));
    rig.server.on("POST", "/", "Action=DescribeInstances", state("shutting-down"));
    assertThat(replace.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
  }

  @Test
  void an_instance_that_belongs_to_no_group_of_ours_is_refused() {
    rig.server.on("POST", "/", "Action=DescribeAutoScalingInstances", member(""));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () ->
                rig.change(
                        "cloud.replaceNode", "providerId", "aws:///eu-west-1a/i-0598c7d356eba48d7")
                    .prepared());
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
  }

  @Test
  void a_refresh_is_started_once_and_known_by_its_start() throws Exception {
    StructValue pool = pool();
    String none =
        "<R><DescribeInstanceRefreshesResult><InstanceRefreshes/>"
            + "</DescribeInstanceRefreshesResult></R>";
    rig.server
        .on("POST", "/", "Action=DescribeInstanceRefreshes", none)
        .on(
            "POST",
            "/",
            "Action=StartInstanceRefresh",
            "<StartInstanceRefreshResponse><StartInstanceRefreshResult><InstanceRefreshId>"
                + "08b91cf7</InstanceRefreshId></StartInstanceRefreshResult>"
                + "</StartInstanceRefreshResponse>");
    Rig.Change refresh = rig.change("cloud.refreshNodePool", "pool", pool).prepared();
    assertThat(refresh.probed()).isEqualTo(Action.Probe.NOT_DONE);
    assertThat(refresh.made().get("refresh")).isEqualTo(Value.of("08b91cf7"));
    rig.server.on(
        "POST",
        "/",
        "Action=DescribeInstanceRefreshes",
        none.replace(
            "<InstanceRefreshes/>",
            "<InstanceRefreshes><member><InstanceRefreshId>08b91cf7</InstanceRefreshId>"
                + "<Status>Successful</Status><StartTime>2026-11-22T06:00:05Z</StartTime></member>"
                + "</InstanceRefreshes>"));
    assertThat(refresh.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
    assertThat(refresh.settled()).isTrue();
    assertThat(rig.server.seen())
        .filteredOn(seen -> seen.body().contains("StartInstanceRefresh"))
        .singleElement()
        .satisfies(
            seen ->
                assertThat(seen.form()).containsEntry("Preferences.MinHealthyPercentage", "90"));
  }

  // ── certificates and CloudWatch
  // ─────────────────────────────────────────────────────────────────

  private static final String ARN =
      "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

  private static String certificate(long notAfter, String eligibility) {
    return """
    {"Certificate":{"CertificateArn":"%s","DomainName":"api.example.com",
     "SubjectAlternativeNames":["api.example.com"],"Status":"ISSUED","Type":"AMAZON_ISSUED",
     "RenewalEligibility":"%s","NotBefore":1.7E9,"NotAfter":%d.0,"InUseBy":["arn:aws:elb:x"]}}\
    """
        .formatted(ARN, eligibility, notAfter);
  }

  @Test
  void a_certificate_is_renewed_by_its_arn_in_its_region() throws Exception {
    rig.server.on("POST", "/", "CertificateArn", certificate(1_800_000_000L, "ELIGIBLE"));
    Rig.Change renewal = rig.change("cloud.renewCertificate", "arn", ARN).prepared();
    assertThat(renewal.made().get("domain")).isEqualTo(Value.of("api.example.com"));
    Seen seen = rig.server.seen().get(1);
    assertThat(seen.header("x-amz-target")).isEqualTo("CertificateManager.RenewCertificate");
    assertThat(seen.header("content-type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(seen.body()).isEqualTo("{\"CertificateArn\":\"" + ARN + "\"}");
    assertThat(SignatureCheck.holds(seen, SECRET, KEY + "/eu-west-1/acm")).isTrue();
    assertThat(renewal.probed()).isEqualTo(Action.Probe.NOT_DONE);
    rig.server.on("POST", "/", "CertificateArn", certificate(1_834_000_000L, "ELIGIBLE"));
    assertThat(renewal.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
    assertThat(renewal.settled()).isTrue();
  }

  @Test
  void a_certificate_that_aws_does_not_renew_is_refused() {
    rig.server.on("POST", "/", "CertificateArn", certificate(1_800_000_000L, "INELIGIBLE"));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () -> rig.change("cloud.renewCertificate", "arn", ARN).prepared());
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
  }

  @Test
  void a_certificate_is_requested_under_the_intent_s_token_however_often_it_is_sent()
      throws Exception {
    rig.server.on("POST", "/", "CertificateStatuses", "{\"CertificateSummaryList\":[]}");
    Rig.Change request =
        rig.change("cloud.requestCertificate", "domain", "api.example.com").prepared();
    rig.server.on(
        "POST",
        "/",
        "IdempotencyToken",
        Answer.of(400, "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}"),
        Answer.of(200, "").failing(Fault.CUT),
        Answer.of(200, "{\"CertificateArn\":\"" + ARN + "\"}"));
    assertThat(request.made().get("arn")).isEqualTo(Value.of(ARN));
    List<Seen> sent =
        rig.server.seen().stream().filter(seen -> seen.body().contains("Idempot")).toList();
    assertThat(sent).hasSize(3).extracting(Seen::body).containsOnly(sent.get(0).body());
    assertThat(sent.get(0).body()).containsPattern("\"IdempotencyToken\":\"[0-9a-f]{32}\"");
    assertThat(request.probed()).isEqualTo(Action.Probe.NOT_DONE);
    rig.server.on(
        "POST",
        "/",
        "CertificateStatuses",
        "{\"CertificateSummaryList\":[{\"CertificateArn\":\"x\",\"DomainName\":\"api.example.com\","
            + "\"Status\":\"ISSUED\",\"CreatedAt\":"
            + (Rig.NOW.getEpochSecond() + 3)
            + ".25}]}");
    assertThat(request.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
    assertThat(request.settled()).isTrue();
  }

  @Test
  void json_errors_are_read_too() {
    rig.server.on(
        "POST",
        "/",
        "CertificateArn",
        Answer.of(
            400,
            "{\"__type\":\"com.amazonaws.acm#ResourceNotFoundException\",\"message\":\"Could not"
                + " find certificate\"}"));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class, () -> rig.read("cloud.certificate", "arn", ARN));
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure.reason())
        .startsWith("ResourceNotFoundException: Could not find certificate [400]");
  }

  @Test
  void alarms_are_read_page_by_page() throws Exception {
    String page =
        "<DescribeAlarmsResponse><DescribeAlarmsResult><MetricAlarms><member><AlarmName>%s"
            + "</AlarmName><AlarmArn>arn:%s</AlarmArn><StateValue>ALARM</StateValue>"
            + "<StateUpdatedTimestamp>2026-11-22T05:58:00.000Z</StateUpdatedTimestamp></member>"
            + "</MetricAlarms>%s</DescribeAlarmsResult></DescribeAlarmsResponse>";
    rig.server
        .on(
            "POST",
            "/",
            "Action=DescribeAlarms",
            page.formatted("a", "a", "<NextToken>n1</NextToken>"))
        .on("POST", "/", "NextToken=n1", page.formatted("b", "b", ""));
    StructValue alarms = rig.read("cloud.alarms", "state", "ALARM");
    assertThat(((Value.ListValue) alarms.get("items")).items()).hasSize(2);
    assertThat(rig.server.seen().get(0).form())
        .containsEntry("StateValue", "ALARM")
        .containsEntry("Version", "2010-08-01");
  }

  @Test
  void a_metric_is_a_series_in_the_order_of_time() throws Exception {
    rig.server.on(
        "POST",
        "/",
        "Action=GetMetricStatistics",
        "<GetMetricStatisticsResponse><GetMetricStatisticsResult><Datapoints>"
            + "<member><Timestamp>2026-11-22T05:59:00Z</Timestamp><Average>2.5</Average></member>"
            + "<member><Timestamp>2026-11-22T05:58:00Z</Timestamp><Average>1.5</Average></member>"
            + "</Datapoints></GetMetricStatisticsResult></GetMetricStatisticsResponse>");
    StructValue metric =
        rig.read(
            "cloud.metric",
            "namespace",
            "AWS/EC2",
            "metric",
            "CPUUtilization",
            "dimensions",
            Rig.struct("InstanceId", "i-0598c7d356eba48d7"),
            "over",
            Duration.ofMinutes(2));
    assertThat(metric.get("last")).isEqualTo(Value.of(2.5));
    assertThat(rig.server.seen().get(0).form())
        .containsEntry("Dimensions.member.1.Name", "InstanceId")
        .containsEntry("StartTime", "2026-11-22T05:58:00Z");
  }
}
