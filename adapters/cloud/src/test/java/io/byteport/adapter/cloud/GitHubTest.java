package io.byteport.adapter.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.cloud.ContractServer.Answer;
import io.byteport.adapter.cloud.ContractServer.Fault;
import io.byteport.adapter.cloud.ContractServer.Seen;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.ListValue;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GitHubTest {
  private static final String REPO = "/repos/myorg/infra";
  private static final String MANIFEST =
      """
      # kept as it is
      apiVersion: v1
      kind: Service
      metadata: { name: payments-api }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: payments-api   # ours
        namespace: production
      spec:
        template:
          spec:
            containers:
              - name: sidecar
                resources: { limits: { memory: 64Mi } }
              - name: api
                args: ["-Xmx768m", "-jar", "app.jar"]
                resources:
                  limits:
                    memory: "512Mi"  # raise with care
      """;

  private final Rig rig = Rig.of(Rig.withToken("github", Map.of()));

  @AfterEach
  void close() {
    rig.close();
  }

  private static String run(long id, String status, String conclusion, String at) {
    return """
    {"id":%d,"name":"Deploy","run_number":1847,"run_attempt":2,"workflow_id":42,
     "path":".github/workflows/deploy.yml","head_branch":"main","head_sha":"a3f9c12",
     "actor":{"login":"octocat"},"event":"workflow_dispatch","status":"%s","conclusion":%s,
     "html_url":"https://github.com/myorg/infra/actions/runs/%d",
     "created_at":"%s","updated_at":"%s"}\
    """
        .formatted(id, status, conclusion == null ? "null" : "\"" + conclusion + "\"", id, at, at);
  }

  @Test
  void a_run_is_what_github_says_of_it() throws Exception {
    rig.server.on(
        "GET",
        REPO + "/actions/runs/7",
        Answer.of(200, run(7, "completed", "failure", "2026-11-22T05:00:00Z")));
    StructValue run = rig.read("github.run", "repo", "myorg/infra", "run", 7);
    assertThat(run.get("conclusion")).isEqualTo(Value.of("failure"));
    assertThat(run.get("actor")).isEqualTo(Value.of("octocat"));
    Seen seen = rig.server.seen().get(0);
    assertThat(seen.header("authorization")).isEqualTo("Bearer " + Rig.TOKEN);
    assertThat(seen.header("accept")).isEqualTo("application/vnd.github+json");
    assertThat(seen.header("x-github-api-version")).isEqualTo("2022-11-28");
    assertThat(seen.header("user-agent")).isNotEmpty();
  }

  @Test
  void earlier_successes_of_a_workflow_are_asked_for_by_file_branch_and_status() throws Exception {
    rig.server.on(
        "GET",
        REPO + "/actions/workflows/deploy.yml/runs",
        Answer.of(
            200,
            "{\"workflow_runs\":["
                + run(6, "completed", "success", "2026-11-21T05:00:00Z")
                + "]}"));
    StructValue runs =
        rig.read(
            "github.runs",
            "repo",
            "myorg/infra",
            "workflow",
            "deploy.yml",
            "branch",
            "feat/a&b=c",
            "status",
            "success",
            "limit",
            1);
    assertThat(((ListValue) runs.get("items")).items()).hasSize(1);
    assertThat(rig.server.seen().get(0).query())
        .containsOnly(
            Map.entry("branch", "feat/a&b=c"),
            Map.entry("status", "success"),
            Map.entry("per_page", "1"));
  }

  private void jobs() {
    rig.server.on(
        "GET",
        REPO + "/actions/runs/7/jobs",
        Answer.of(
            200,
            """
            {"jobs":[{"id":1,"name":"build","status":"completed","conclusion":"success"},
             {"id":2,"name":"deploy","status":"completed","conclusion":"failure",
              "html_url":"https://github.com/x","steps":[{"name":"checkout","conclusion":"success"},
              {"name":"helm upgrade","conclusion":"failure"}]}]}\
            """));
  }

  @Test
  void failed_jobs_say_which_step_failed() throws Exception {
    jobs();
    StructValue jobs = rig.read("github.jobs", "repo", "myorg/infra", "run", 7);
    List<Value> failed = ((ListValue) jobs.get("failed")).items();
    assertThat(failed).hasSize(1);
    assertThat(((StructValue) failed.get(0)).get("failedStep")).isEqualTo(Value.of("helm upgrade"));
  }

  @Test
  void logs_of_failed_jobs_come_from_another_host_without_the_token_and_without_colours()
      throws Exception {
    jobs();
    try (ContractServer store = new ContractServer()) {
      store.on(
          "GET",
          "/signed",
          Answer.of(
              200,
              "\uFEFF2026-11-22T05:00:01Z \u001b[36;1mhelm upgrade\u001b[0m\r\n"
                  + "Error: timed out\u0000\n"));
      rig.server.on(
          "GET",
          REPO + "/actions/jobs/2/logs",
          Answer.of(302, "").with("Location", store.url() + "/signed?sig=abc"));
      StructValue logs = rig.read("github.logs", "repo", "myorg/infra", "run", 7);
      assertThat(logs.get("text"))
          .isEqualTo(
              Value.of("== deploy ==\n2026-11-22T05:00:01Z helm upgrade\nError: timed out\n\n"));
      assertThat(store.seen().get(0).headers()).doesNotContainKey("authorization");
      assertThat(store.seen().get(0).query()).containsEntry("sig", "abc");
    }
  }

  @Test
  void logs_that_are_kept_no_longer_are_not_found() throws Exception {
    jobs();
    rig.server.on("GET", REPO + "/actions/jobs/2/logs", Answer.of(410, "{\"message\":\"Gone\"}"));
    assertThat(rig.find("github.logs", "repo", "myorg/infra", "run", 7)).isNull();
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("build/1_step.txt"));
      zip.write("not this".getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private void archive(byte[] zip) {
    rig.server
        .on("GET", REPO + "/actions/runs/7/jobs", Answer.of(200, "{\"jobs\":[]}"))
        .on("GET", REPO + "/actions/runs/7/logs", Answer.bytes(zip));
  }

  @Test
  void where_no_job_failed_the_archive_of_the_run_is_read() throws Exception {
    archive(zip("0_build.txt", "line\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(rig.read("github.logs", "repo", "myorg/infra", "run", 7).get("text"))
        .isEqualTo(Value.of("== 0_build.txt ==\nline\n\n"));
  }

  @Test
  void an_archive_that_unfolds_to_a_lot_is_cut_and_a_broken_one_is_a_failure() throws Exception {
    archive(zip("../../0_bomb.txt".replace("/", ""), new byte[40 << 20]));
    assertThat(rig.read("github.logs", "repo", "myorg/infra", "run", 7).get("text")).isNotNull();
    archive("PK\u0003\u0004 and then nothing".getBytes(StandardCharsets.UTF_8));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class, () -> rig.read("github.logs", "repo", "myorg/infra", "run", 7));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
  }

  private Rig.Change dispatch() throws Exception {
    rig.server.on(
        "GET", REPO + "/actions/workflows/rollback.yml", Answer.of(200, "{\"state\":\"active\"}"));
    return rig.change(
            "github.dispatchWorkflow",
            "repo",
            "myorg/infra",
            "workflow",
            "rollback.yml",
            "inputs",
            Rig.struct("failed_run_id", "1847", "note", "a\"b\n$(x)"))
        .prepared();
  }

  @Test
  void a_workflow_is_dispatched_once_with_its_inputs_as_data() throws Exception {
    Rig.Change dispatch = dispatch();
    rig.server.on("POST", REPO + "/actions/workflows/rollback.yml/dispatches", Answer.of(204, ""));
    assertThat(dispatch.made().get("run")).isEqualTo(Value.NULL);
    assertThat(rig.server.seen("POST").get(0).body())
        .contains("\"ref\":\"main\"")
        .contains("\"failed_run_id\":\"1847\"")
        .contains("\"note\":\"a\\\"b\\n$(x)\"");
  }

  @Test
  void a_dispatch_whose_answer_never_came_is_found_by_its_run() throws Exception {
    Rig.Change dispatch = dispatch();
    String runs = REPO + "/actions/workflows/rollback.yml/runs";
    rig.server
        .on(
            "POST",
            REPO + "/actions/workflows/rollback.yml/dispatches",
            Answer.of(204, "").failing(Fault.CUT))
        .on(
            "GET",
            runs,
            Answer.of(
                200,
                "{\"workflow_runs\":["
                    + run(5, "completed", "success", "2026-11-22T04:00:00Z")
                    + "]}"));
    ActionException failure = catchThrowableOfType(ActionException.class, dispatch::made);
    assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
    assertThat(dispatch.probed()).isEqualTo(Action.Probe.UNKNOWN);
    rig.now = Rig.NOW.plus(Duration.ofMinutes(3));
    assertThat(dispatch.probed()).isEqualTo(Action.Probe.NOT_DONE);
    rig.server.on(
        "GET",
        runs,
        Answer.of(
            200,
            "{\"workflow_runs\":["
                + run(8, "completed", "failure", "2026-11-22T06:00:02Z")
                + "]}"));
    assertThat(dispatch.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
    assertThat(catchThrowableOfType(ActionException.class, dispatch::settled).reason())
        .contains("runs/8")
        .contains("failure");
    assertThat(rig.server.seen().get(rig.server.seen().size() - 1).query())
        .containsEntry("event", "workflow_dispatch")
        .containsEntry("branch", "main");
  }

  @Test
  void a_workflow_that_is_disabled_is_refused() {
    rig.server.on(
        "GET",
        REPO + "/actions/workflows/rollback.yml",
        Answer.of(200, "{\"state\":\"disabled_manually\"}"));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () ->
                rig.change(
                        "github.dispatchWorkflow",
                        "repo",
                        "myorg/infra",
                        "workflow",
                        "rollback.yml")
                    .prepared());
    assertThat(failure.reason()).contains("disabled_manually");
  }

  @Test
  void an_issue_is_opened_with_a_mark_by_which_a_probe_finds_it() throws Exception {
    rig.server
        .on("GET", REPO, Answer.of(200, "{\"has_issues\":true}"))
        .on(
            "POST",
            REPO + "/issues",
            Answer.of(
                201, "{\"number\":12,\"html_url\":\"https://github.com/myorg/infra/issues/12\"}"))
        .on("GET", REPO + "/issues", Answer.of(200, "[{\"body\":\"another\"}]"));
    Rig.Change issue =
        rig.change(
                "github.openIssue",
                "repo",
                "myorg/infra",
                "title",
                "Two\nlines",
                "body",
                "x".repeat(1_000_000),
                "labels",
                List.of("byteport", "severity:warning"))
            .prepared();
    assertThat(issue.made().get("number")).isEqualTo(Value.of(12.0));
    String body = rig.server.seen("POST").get(0).body();
    assertThat(body)
        .hasSizeLessThan(66_000)
        .contains("\"title\":\"Two lines\"")
        .contains("\"labels\":[\"byteport\",\"severity:warning\"]");
    assertThat(issue.probed()).isEqualTo(Action.Probe.NOT_DONE);
    String mark = body.replaceAll("(?s).*(<!-- byteport [0-9a-f]{16} -->).*", "$1");
    rig.server.on("GET", REPO + "/issues", Answer.of(200, "[{\"body\":\"x\\n\\n" + mark + "\"}]"));
    assertThat(issue.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
  }

  // ── proposals
  // ───────────────────────────────────────────────────────────────────────────────────

  private void repository(String path, String content) {
    String base64 =
        Base64.getMimeEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    rig.server
        .on("GET", REPO, Answer.of(200, "{\"default_branch\":\"main\"}"))
        .on(
            "GET",
            REPO + "/git/ref/heads/main",
            Answer.of(200, "{\"ref\":\"refs/heads/main\",\"object\":{\"sha\":\"c0\"}}"))
        .on("GET", REPO + "/git/commits/c0", Answer.of(200, "{\"tree\":{\"sha\":\"t0\"}}"))
        .on(
            "GET",
            REPO + "/git/trees/t0",
            Answer.of(
                200,
                "{\"truncated\":false,\"tree\":[{\"path\":\"README.md\",\"type\":\"blob\",\"mode\":"
                    + "\"100644\",\"sha\":\"b1\",\"size\":9},{\"path\":\""
                    + path
                    + "\",\"type\":\"blob\",\"mode\":\"100644\",\"sha\":\"b2\",\"size\":900}]}"))
        .on(
            "GET",
            REPO + "/git/blobs/b2",
            Answer.of(
                200,
                "{\"encoding\":\"base64\",\"content\":\"" + base64.replace("\r\n", "\\n") + "\"}"))
        .on("GET", REPO + "/pulls", Answer.of(200, "[]"))
        .on("POST", REPO + "/git/trees", Answer.of(201, "{\"sha\":\"t1\"}"))
        .on("POST", REPO + "/git/commits", Answer.of(201, "{\"sha\":\"c1\"}"))
        .on(
            "POST",
            REPO + "/pulls",
            Answer.of(201, "{\"html_url\":\"https://github.com/myorg/infra/pull/7\"}"));
  }

  private Rig.Change manifest(StructValue set) {
    return rig.change(
        "github.proposeManifest",
        "repo",
        "myorg/infra",
        "workload",
        Rig.struct("kind", "Deployment", "namespace", "production", "name", "payments-api"),
        "container",
        "api",
        "set",
        set,
        "title",
        "Raise the memory limit of payments-api");
  }

  private String branch(Rig.Change change) {
    return ((Value.TextValue) change.memo().get("branch")).value();
  }

  @Test
  void a_manifest_is_edited_in_one_place_on_a_branch_of_its_own_and_nothing_is_merged()
      throws Exception {
    repository("apps/payments/deploy.yaml", MANIFEST);
    Rig.Change proposal = manifest(Rig.struct("memoryLimit", new DataSize(800_000_000))).prepared();
    assertThat(rig.server.seen("POST")).isEmpty();
    rig.server.on(
        "POST",
        REPO + "/git/refs",
        Answer.of(201, "{\"ref\":\"refs/heads/" + branch(proposal) + "\"}"));
    assertThat(proposal.made().get("location"))
        .isEqualTo(Value.of("https://github.com/myorg/infra/pull/7"));
    List<Seen> writes = rig.server.seen("POST");
    assertThat(writes)
        .extracting(Seen::path)
        .containsExactly(
            REPO + "/git/trees", REPO + "/git/commits", REPO + "/git/refs", REPO + "/pulls");
    String edited = MANIFEST.replace("\"512Mi\"", "\"763Mi\"");
    assertThat(writes.get(0).body())
        .contains("\"base_tree\":\"t0\"")
        .contains("\"path\":\"apps/payments/deploy.yaml\"")
        .contains(edited.replace("\"", "\\\"").replace("\n", "\\n"));
    assertThat(writes.get(1).body()).contains("\"parents\":[\"c0\"]");
    assertThat(branch(proposal)).matches("byteport/[0-9a-f]{16}");
    assertThat(writes.get(2).body()).contains("refs/heads/" + branch(proposal));
    assertThat(writes.get(3).body())
        .contains("\"base\":\"main\"")
        .contains("\"head\":\"" + branch(proposal) + "\"");
    assertThat(rig.server.seen())
        .noneMatch(seen -> List.of("PUT", "PATCH", "DELETE").contains(seen.method()));
    assertThat(rig.server.unexpected()).isEmpty();
  }

  @Test
  void a_heap_is_edited_where_the_container_states_it() throws Exception {
    repository("deploy.yaml", MANIFEST);
    Rig.Change proposal =
        manifest(Rig.struct("runtime", "jvm", "heap", new DataSize(384L << 20))).prepared();
    rig.server.on(
        "POST",
        REPO + "/git/refs",
        Answer.of(201, "{\"ref\":\"refs/heads/" + branch(proposal) + "\"}"));
    proposal.made();
    assertThat(rig.server.seen("POST").get(0).body()).contains("[\\\"-Xmx384m\\\", \\\"-jar\\\"");
  }

  @Test
  void a_proposal_that_is_there_already_is_not_made_again() throws Exception {
    repository("deploy.yaml", MANIFEST);
    Rig.Change proposal = manifest(Rig.struct("memoryLimit", new DataSize(1L << 30))).prepared();
    assertThat(proposal.probed()).isEqualTo(Action.Probe.NOT_DONE);
    rig.server.on(
        "GET", REPO + "/pulls", Answer.of(200, "[{\"html_url\":\"https://github.com/p/9\"}]"));
    assertThat(proposal.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
    assertThat(proposal.made().get("location")).isEqualTo(Value.of("https://github.com/p/9"));
    assertThat(rig.server.seen("POST")).isEmpty();
    assertThat(rig.server.seen().get(rig.server.seen().size() - 1).query())
        .containsEntry("head", "myorg:" + branch(proposal))
        .containsEntry("state", "all");
  }

  @Test
  void a_branch_of_an_earlier_try_is_used_again() throws Exception {
    repository("deploy.yaml", MANIFEST);
    rig.server.on(
        "POST", REPO + "/git/refs", Answer.of(422, "{\"message\":\"Reference already exists\"}"));
    Rig.Change proposal = manifest(Rig.struct("memoryLimit", new DataSize(1L << 30))).prepared();
    assertThat(proposal.made().get("location"))
        .isEqualTo(Value.of("https://github.com/myorg/infra/pull/7"));
  }

  @Test
  void a_manifest_that_is_not_there_is_found_out_before_anything_is_written() {
    repository("deploy.yaml", MANIFEST.replace("namespace: production", "namespace: staging"));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class,
            () -> manifest(Rig.struct("memoryLimit", new DataSize(1L << 30))).prepared());
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(rig.server.seen("POST")).isEmpty();
  }

  @Test
  void without_a_repository_the_location_is_the_patch() throws Exception {
    Rig.Change proposal =
        rig.change(
                "github.proposeManifest",
                "workload",
                Rig.struct("kind", "Deployment", "namespace", "production", "name", "payments-api"),
                "set",
                Rig.struct("memoryLimit", new DataSize(1L << 30)),
                "title",
                "Raise it")
            .prepared();
    assertThat(proposal.made().get("location"))
        .isEqualTo(Value.of("Deployment production/payments-api: resources.limits.memory: 1Gi"));
    assertThat(rig.server.seen()).isEmpty();
  }

  @Test
  void a_terraform_resource_is_edited_and_a_value_is_never_evaluated() throws Exception {
    repository(
        "infra/tls.tf",
        """
        resource "tls_thing" "other" {
          domain = "other.example.com"
        }

        resource "acme_certificate" "api" {
          common_name = "api.example.com" # braces } in comments do not count
          rotated_at  = "2025-01-01"
          dns_challenge {
            rotated_at = "not this"
          }
        }
        """);
    Rig.Change proposal =
        rig.change(
                "github.proposeEdit",
                "repo",
                "myorg/infra",
                "root",
                "./infra/",
                "resourceFor",
                "api.example.com",
                "set",
                Rig.struct("rotated_at", "now ${file(\"/etc/passwd\")}", "note", "%{ if true }"),
                "title",
                "Rotate")
            .prepared();
    rig.server.on(
        "POST",
        REPO + "/git/refs",
        Answer.of(201, "{\"ref\":\"refs/heads/" + branch(proposal) + "\"}"));
    proposal.made();
    assertThat(rig.server.seen("POST").get(0).body())
        .contains("rotated_at  = \\\"now $${file(")
        .contains("rotated_at = \\\"not this\\\"")
        .contains("note = \\\"%%{ if true }\\\"\\n}");
  }

  // ── limits
  // ──────────────────────────────────────────────────────────────────────────────────────

  @Test
  void the_secondary_limit_is_waited_for_by_reads() throws Exception {
    rig.server.on(
        "GET",
        REPO + "/actions/runs/7",
        Answer.of(403, "{\"message\":\"You have exceeded a secondary rate limit.\"}")
            .with("Retry-After", "6"),
        Answer.of(200, run(7, "completed", "failure", "2026-11-22T05:00:00Z")));
    rig.read("github.run", "repo", "myorg/infra", "run", 7);
    assertThat(rig.pauses).containsExactly(Duration.ofSeconds(6));
  }

  @Test
  void message_and_errors_of_github_are_kept() {
    rig.server.on(
        "GET",
        REPO + "/actions/runs/7",
        Answer.of(
            422,
            "{\"message\":\"Validation Failed\",\"errors\":[{\"resource\":\"Run\",\"field\":\"id\","
                + "\"code\":\"invalid\"},\"and this\"]}"));
    ActionException failure =
        catchThrowableOfType(
            ActionException.class, () -> rig.read("github.run", "repo", "myorg/infra", "run", 7));
    assertThat(failure.reason()).startsWith("Validation Failed; Run id invalid; and this [422]");
  }

  @Test
  void an_app_asks_for_its_token_with_an_assertion_signed_by_its_key() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    // What GitHub hands out is the key of PKCS #1, which PKCS #8 holds after its head.
    byte[] whole = pair.getPrivate().getEncoded();
    String pem =
        "-----BEGIN RSA PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(Arrays.copyOfRange(whole, 26, whole.length))
            + "\n-----END RSA PRIVATE KEY-----\n";
    try (Rig app =
        Rig.of(
            Rig.entry(
                "github",
                "github",
                Map.of(),
                Map.of("appKey", pem, "appId", "4711", "installationId", "45678901")))) {
      app.server
          .on(
              "POST",
              "/app/installations/45678901/access_tokens",
              Answer.of(201, "{\"token\":\"ghs_abc\",\"expires_at\":\"2026-11-22T07:00:00Z\"}"))
          .on(
              "GET",
              REPO + "/actions/runs/7",
              Answer.of(200, run(7, "completed", "failure", "2026-11-22T05:00:00Z")));
      app.read("github.run", "repo", "myorg/infra", "run", 7);
      app.read("github.run", "repo", "myorg/infra", "run", 7);
      assertThat(app.server.seen("POST")).hasSize(1);
      assertThat(app.server.seen("GET").get(0).header("authorization")).isEqualTo("Bearer ghs_abc");
      String[] parts =
          app.server.seen("POST").get(0).header("authorization").substring(7).split("\\.", -1);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(pair.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
      assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
          .contains("\"iss\":\"4711\"")
          .contains("\"exp\":" + (Rig.NOW.getEpochSecond() + 540));
    }
  }

  @Test
  void a_repository_that_the_connection_does_not_list_is_refused() {
    try (Rig narrow = Rig.of(Rig.withToken("github", Map.of("repositories", "myorg/app")))) {
      ActionException failure =
          catchThrowableOfType(
              ActionException.class,
              () -> narrow.read("github.run", "repo", "myorg/infra", "run", 7));
      assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
      assertThat(narrow.server.seen()).isEmpty();
    }
  }
}
