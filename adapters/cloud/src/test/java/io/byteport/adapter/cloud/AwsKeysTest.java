package io.byteport.adapter.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.cloud.ContractServer.Answer;
import io.byteport.adapter.cloud.ContractServer.Seen;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsKeysTest {
  private static final String SECRET = "the/secret";
  private static final Inventory.Entry ACCOUNT =
      Rig.entry("aws", "prod", Map.of("region", "eu-west-1"), Map.of());
  private static final String KEYS =
      "{\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"the/secret\",\"Token\":\"t\",\"Expiration\":\"%s\"}";

  @TempDir Path home;

  /** The request that was made with the keys that were found. */
  private Seen asked(Rig rig) throws Exception {
    rig.server.on("POST", "/", "DescribeVolumes", "<R><volumeSet/></R>");
    rig.find("cloud.volume", "provider", "aws", "id", "vol-0123456789abcdef0");
    List<Seen> seen = rig.server.seen("POST");
    return seen.get(seen.size() - 1);
  }

  private static boolean isSignedBy(Seen seen, String id) {
    return SignatureCheck.holds(seen, SECRET, id + "/eu-west-1/ec2");
  }

  private Rig rig(Inventory.Entry entry, Map<String, String> environment) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    variables.putAll(environment);
    return new Rig(List.of(entry), variables, home);
  }

  @Test
  void the_environment_s_come_before_a_profile_s() throws Exception {
    profile("default", "PROFILE");
    try (Rig rig =
        rig(ACCOUNT, Map.of("AWS_ACCESS_KEY_ID", "ENV", "AWS_SECRET_ACCESS_KEY", SECRET))) {
      assertThat(isSignedBy(asked(rig), "ENV")).isTrue();
    }
  }

  private void profile(String name, String id) throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/credentials"),
        """
        # a comment
        [other]
        aws_access_key_id = OTHER
        aws_secret_access_key = no

        [%s]
        aws_access_key_id=%s
        aws_secret_access_key = the/secret
        """
            .formatted(name, id));
  }

  @Test
  void a_profile_s_are_found_in_the_shared_files_and_the_entry_names_it() throws Exception {
    profile("shop", "SHOP");
    Inventory.Entry entry = Rig.entry("aws", "prod", Map.of("profile", "shop"), Map.of());
    Files.writeString(home.resolve(".aws/config"), "[profile shop]\nregion = eu-west-1\n");
    try (Rig rig =
        rig(entry, Map.of("AWS_ACCESS_KEY_ID", "ENV", "AWS_SECRET_ACCESS_KEY", SECRET))) {
      assertThat(isSignedBy(asked(rig), "SHOP")).isTrue();
    }
  }

  @Test
  void a_profile_that_is_not_followed_says_so() throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), "[default]\nrole_arn = arn:aws:iam::1:role/x\n");
    try (Rig rig = rig(ACCOUNT, Map.of())) {
      ActionException failure = catchThrowableOfType(ActionException.class, () -> asked(rig));
      assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
      assertThat(failure.reason()).contains("role_arn");
    }
  }

  @Test
  void a_web_identity_is_exchanged_without_a_signature() throws Exception {
    Path token = Files.writeString(home.resolve("token"), "eyJ.web.identity\n");
    try (Rig rig =
        rig(
            ACCOUNT,
            Map.of(
                "AWS_ROLE_ARN",
                "arn:aws:iam::1:role/x",
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                token.toString()))) {
      rig.server.on(
          "POST",
          "/",
          "AssumeRoleWithWebIdentity",
          "<R><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>WEB</AccessKeyId>"
              + "<SecretAccessKey>the/secret</SecretAccessKey><SessionToken>t</SessionToken>"
              + "<Expiration>2026-11-22T07:00:00Z</Expiration></Credentials>"
              + "</AssumeRoleWithWebIdentityResult></R>");
      assertThat(isSignedBy(asked(rig), "WEB")).isTrue();
      Seen exchange = rig.server.seen().get(0);
      assertThat(exchange.form()).containsEntry("WebIdentityToken", "eyJ.web.identity");
      assertThat(exchange.headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void a_container_s_are_asked_for_with_its_token() throws Exception {
    try (ContractServer container = new ContractServer();
        Rig rig =
            rig(
                ACCOUNT,
                Map.of(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                    container.url() + "/v1/credentials",
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                    "pod-token"))) {
      container.on(
          "GET", "/v1/credentials", Answer.of(200, KEYS.formatted("POD", "2026-11-22T12:00:00Z")));
      assertThat(isSignedBy(asked(rig), "POD")).isTrue();
      assertThat(container.seen().get(0).header("authorization")).isEqualTo("pod-token");
    }
  }

  @Test
  void a_container_s_token_is_not_sent_in_the_clear_to_strangers() {
    try (Rig rig =
        rig(
            ACCOUNT,
            Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://evil.example.com/",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                "pod-token"))) {
      ActionException failure = catchThrowableOfType(ActionException.class, () -> asked(rig));
      assertThat(failure.reason()).contains("evil.example.com").contains("without TLS");
    }
  }

  @Test
  void an_instance_s_are_read_with_a_session_and_kept_until_shortly_before_their_end()
      throws Exception {
    String roles = "/latest/meta-data/iam/security-credentials/";
    try (ContractServer metadata = new ContractServer();
        Rig rig =
            rig(
                ACCOUNT,
                Map.of(
                    "AWS_EC2_METADATA_DISABLED",
                    "false",
                    "AWS_EC2_METADATA_SERVICE_ENDPOINT",
                    metadata.url()))) {
      metadata
          .on("PUT", "/latest/api/token", Answer.of(200, "session-1"))
          .on("GET", roles, Answer.of(200, "node-role\n"))
          .on(
              "GET",
              roles + "node-role",
              Answer.of(200, KEYS.formatted("ROLE", "2026-11-22T07:00:00Z")));
      assertThat(isSignedBy(asked(rig), "ROLE")).isTrue();
      asked(rig);
      assertThat(metadata.seen()).hasSize(3);
      assertThat(metadata.seen().get(0).header("x-aws-ec2-metadata-token-ttl-seconds"))
          .isEqualTo("21600");
      assertThat(metadata.seen("GET"))
          .allMatch(seen -> seen.header("x-aws-ec2-metadata-token").equals("session-1"));
      rig.now = Rig.NOW.plus(Duration.ofMinutes(56));
      asked(rig);
      assertThat(metadata.seen()).hasSize(6);
    }
  }

  @Test
  void a_role_is_taken_with_the_own_keys_and_used_from_then_on() throws Exception {
    Inventory.Entry entry =
        Rig.entry(
            "aws",
            "prod",
            Map.of("region", "eu-west-1", "roleArn", "arn:aws:iam::123456789012:role/ops"),
            Map.of("accessKeyId", "OWN", "secretAccessKey", SECRET));
    try (Rig rig = rig(entry, Map.of())) {
      rig.server.on(
          "POST",
          "/",
          "Action=AssumeRole&",
          "<R><AssumeRoleResult><Credentials><AccessKeyId>ROLE</AccessKeyId>"
              + "<SecretAccessKey>the/secret</SecretAccessKey><SessionToken>t</SessionToken>"
              + "<Expiration>2026-11-22T07:00:00Z</Expiration></Credentials>"
              + "</AssumeRoleResult></R>");
      assertThat(isSignedBy(asked(rig), "ROLE")).isTrue();
      assertThat(isSignedBy(asked(rig), "ROLE")).isTrue();
      List<Seen> taken =
          rig.server.seen().stream().filter(seen -> seen.body().contains("AssumeRole")).toList();
      assertThat(taken).hasSize(1);
      assertThat(SignatureCheck.holds(taken.get(0), SECRET, "OWN/eu-west-1/sts")).isTrue();
      assertThat(taken.get(0).form())
          .containsEntry("RoleArn", "arn:aws:iam::123456789012:role/ops");
    }
  }

  @Test
  void credentials_of_another_account_are_refused() {
    Inventory.Entry entry =
        Rig.entry(
            "aws",
            "prod",
            Map.of("region", "eu-west-1", "account", "123456789012"),
            Map.of("accessKeyId", "OWN", "secretAccessKey", SECRET));
    try (Rig rig = rig(entry, Map.of())) {
      rig.server.on(
          "POST",
          "/",
          "Action=GetCallerIdentity",
          "<R><GetCallerIdentityResult><Account>999999999999</Account></GetCallerIdentityResult></R>");
      ActionException failure = catchThrowableOfType(ActionException.class, () -> asked(rig));
      assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
      assertThat(failure.reason()).contains("belong to the account 999999999999");
      assertThat(rig.server.seen()).hasSize(1);
    }
  }

  @Test
  void where_there_are_none_it_is_said_where_was_looked() {
    try (Rig rig = rig(ACCOUNT, Map.of())) {
      ActionException failure = catchThrowableOfType(ActionException.class, () -> asked(rig));
      assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
      assertThat(failure.reason()).startsWith("no AWS credentials");
      assertThat(rig.server.seen()).isEmpty();
    }
  }
}
