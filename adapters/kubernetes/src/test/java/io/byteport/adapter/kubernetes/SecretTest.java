package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.kubernetes.change.BackupSecret;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import io.byteport.sim.kubernetes.scenario.HttpFault;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  private static final String KEY = "-----BEGIN PRIVATE KEY----- hunter2hunter2";
  private static final String KEPT =
      Base64.getEncoder().encodeToString(KEY.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  private static final String SCENARIO =
      """
      namespaces: [ { name: production } ]
      objects:
        - apiVersion: v1
          kind: Secret
          metadata: { name: shop-tls, namespace: production, labels: { a: b } }
          type: kubernetes.io/tls
          data: { tls.key: %s, tls.crt: Y2VydA== }
      """
          .formatted(KEPT);

  @TempDir Path folder;

  private Rig.Change backup(Rig rig, String as) {
    return rig.change(
        "kubectl.backupSecret",
        "namespace",
        "production",
        "name",
        "shop-tls",
        "root",
        folder.resolve("backups").toString(),
        "as",
        as);
  }

  private Rig.Change restore(Rig rig, String file) {
    return rig.change(
        "kubectl.restoreSecret", "backup", folder.resolve("backups").resolve(file).toString());
  }

  private static Secret secret(Rig rig) {
    return rig.cluster.client().secrets().inNamespace("production").withName("shop-tls").get();
  }

  private static void spoil(Rig rig) {
    rig.cluster
        .client()
        .secrets()
        .inNamespace("production")
        .withName("shop-tls")
        .edit(
            one -> {
              one.setData(Map.of("tls.key", "c3BvaWxlZA==", "tls.crt", "bmV3"));
              return one;
            });
  }

  private static void assertTellsNothing(@Nullable Object... said) {
    for (Object one : said) {
      assertThat(String.valueOf(one)).doesNotContain("hunter2").doesNotContain(KEPT);
    }
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void a_backup_is_one_file_that_only_the_agent_can_read_and_the_value_is_nowhere_else()
      throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      Rig.Change change = backup(rig, "shop-1.json").prepared();
      assertThat(Files.exists(folder.resolve("backups"))).isFalse();
      assertThat(change.probed()).isEqualTo(Action.Probe.NOT_DONE);

      Action.Changed<Record> made = change.made();

      Path file = folder.resolve("backups/shop-1.json");
      assertThat(made.output()).isEqualTo(new BackupSecret.Output(file.toString()));
      assertThat(made.changed()).isTrue();
      assertThat(Files.readString(file)).contains(KEPT);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("backups"))))
          .isEqualTo("rwx------");
      try (var files = Files.list(folder.resolve("backups"))) {
        assertThat(files).containsExactly(file);
      }
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertTellsNothing(change.memo, made.output(), change.command(), rig.said);
      assertThat(String.valueOf(change.memo)).containsPattern("[0-9a-f]{64}");
      assertThat(rig.cluster.requests()).allMatch(one -> one.method().equals("GET"));
    }
  }

  @Test
  void what_was_backed_up_is_put_back() throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      backup(rig, "shop-1.json").prepared().made();
      spoil(rig);
      rig.cluster.forgetRequests();
      Rig.Change change = restore(rig, "shop-1.json").prepared();
      assertThat(change.probed()).isEqualTo(Action.Probe.NOT_DONE);

      assertThat(change.made().changed()).isTrue();

      assertThat(secret(rig).getData()).containsEntry("tls.key", KEPT);
      assertThat(secret(rig).getMetadata().getLabels()).containsEntry("a", "b");
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(change.made().changed()).isFalse();
      assertThat(rig.writes()).extracting(RecordedRequest::method).containsExactly("PUT", "PUT");
      assertThat(rig.writes().get(0).query()).contains("dryRun=All");
      assertTellsNothing(change.memo, change.command());
    }
  }

  @Test
  void a_secret_that_is_gone_is_never_made_again() throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      backup(rig, "shop-1.json").prepared().made();
      rig.cluster.client().secrets().inNamespace("production").withName("shop-tls").delete();
      rig.cluster.forgetRequests();

      ActionException failure =
          catchThrowableOfType(ActionException.class, () -> restore(rig, "shop-1.json").prepared());

      assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
      assertThat(rig.writes()).isEmpty();
    }
  }

  @Test
  void a_secret_that_cert_manager_makes_again_is_deleted_once_and_unread() throws Exception {
    try (Rig rig =
        Rig.yaml(
            SCENARIO.replace(
                "labels: { a: b }", "annotations: { cert-manager.io/certificate-name: shop }"))) {
      Rig.Change change =
          rig.change("kubectl.deleteSecret", "namespace", "production", "name", "shop-tls")
              .prepared();
      assertThat(change.command())
          .containsSubsequence("kubectl", "delete", "secret", "shop-tls", "production");
      assertThat(change.probed()).isEqualTo(Action.Probe.NOT_DONE);

      assertThat(change.made().changed()).isTrue();

      assertThat(secret(rig)).isNull();
      assertThat(change.probed()).isEqualTo(Action.Probe.TOOK_EFFECT);
      assertThat(change.made().changed()).isFalse();
      assertThat(rig.writes())
          .extracting(RecordedRequest::method)
          .hasSize(2)
          .containsOnly("DELETE");
      assertThat(rig.writes().get(0).query()).contains("dryRun=All");
      assertTellsNothing(change.memo, rig.said);
    }
  }

  @Test
  void a_secret_that_nobody_would_make_again_is_never_deleted() throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      ActionException failure =
          catchThrowableOfType(
              ActionException.class,
              () ->
                  rig.change("kubectl.deleteSecret", "namespace", "production", "name", "shop-tls")
                      .prepared());
      assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
      assertThat(rig.writes()).isEmpty();
      assertThat(secret(rig)).isNotNull();
    }
  }

  @Test
  void a_change_of_somebody_elses_in_between_is_not_written_over() throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      Rig.Change late = backup(rig, "late.json").prepared();
      backup(rig, "shop-1.json").prepared().made();
      spoil(rig);
      assertThat(catchThrowableOfType(ActionException.class, late::made))
          .extracting(ActionException::kind)
          .isEqualTo(FailureKind.CONFLICT);
      assertThat(Files.exists(folder.resolve("backups/late.json"))).isFalse();

      assertThat(
              catchThrowableOfType(
                  ActionException.class, () -> backup(rig, "shop-1.json").prepared()))
          .hasMessageContaining("there is another backup at");
      assertThat(Files.readString(folder.resolve("backups/shop-1.json"))).contains(KEPT);
    }
  }

  @Test
  void the_servers_words_are_told_without_the_values_that_they_repeat() throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      backup(rig, "shop-1.json").prepared().made();
      spoil(rig);
      rig.cluster.inject(
          HttpFault.next(
              1,
              "PUT",
              ".*/secrets/shop-tls",
              new HttpFault.Answer(
                  422,
                  Optional.of("Invalid"),
                  Optional.of("data[tls.key]: Invalid value: \"" + KEPT + "\" is " + KEY),
                  Optional.empty())));

      ActionException failure =
          catchThrowableOfType(ActionException.class, () -> restore(rig, "shop-1.json").prepared());

      assertThat(failure.reason()).startsWith("data[tls.key]: Invalid value: \"…\" is …");
      assertTellsNothing(trace(failure));
    }
  }

  @Test
  void an_answer_that_cannot_be_read_is_not_repeated() throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO.replace("tls.crt: Y2VydA==", "tls.crt: [ " + KEPT + " ]"))) {
      ActionException failure =
          catchThrowableOfType(ActionException.class, () -> backup(rig, "x.json").prepared());
      assertThat(failure.reason()).startsWith("cannot read the answer (get secrets");
      assertTellsNothing(trace(failure));
    }
  }

  @Test
  void a_file_that_others_could_have_written_is_not_trusted() throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      backup(rig, "shop-1.json").prepared().made();
      Path file = folder.resolve("backups/shop-1.json");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
      assertThat(refused(rig, "shop-1.json")).hasMessageContaining("is not trusted");
      Files.createSymbolicLink(folder.resolve("backups/link.json"), file);
      assertThat(refused(rig, "link.json")).hasMessageContaining("is no backup of a Secret");
      Path junk = folder.resolve("backups/junk.json");
      Files.writeString(junk, "{\"kind\":\"Secret\",\"data\":\"" + KEPT + "\"}");
      Files.setPosixFilePermissions(junk, PosixFilePermissions.fromString("rw-------"));
      assertThat(refused(rig, "junk.json")).hasMessageContaining("it is no Secret");
      assertTellsNothing(trace(refused(rig, "junk.json")));
      assertThat(refused(rig, "none.json").kind()).isEqualTo(FailureKind.NOT_FOUND);
    }
  }

  private ActionException refused(Rig rig, String file) {
    return catchThrowableOfType(ActionException.class, () -> restore(rig, file).prepared());
  }

  @Test
  void a_name_that_leads_elsewhere_is_refused_before_any_request() {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      for (String name :
          List.of("../x", "a/b", "/etc/passwd", "", ".", "..", ".hidden", "a\nb", "a\0b", "-rf")) {
        assertThat(catchThrowableOfType(ActionException.class, () -> backup(rig, name).prepared()))
            .hasMessageContaining("is no plain name of a file");
      }
      for (String path : List.of("relative", "/tmp/../etc/passwd", "/a\0b", "")) {
        assertThat(
                catchThrowableOfType(
                        ActionException.class,
                        () -> rig.change("kubectl.restoreSecret", "backup", path).prepared())
                    .kind())
            .isEqualTo(FailureKind.INVALID);
      }
      assertThat(rig.cluster.requests()).isEmpty();
    }
  }

  @Test
  void a_restore_of_another_file_than_was_looked_at_is_refused() throws Exception {
    try (Rig rig = Rig.yaml(SCENARIO)) {
      backup(rig, "one.json").prepared().made();
      spoil(rig);
      Rig.Change change = restore(rig, "one.json").prepared();
      backup(rig, "two.json").prepared().made();
      Files.delete(folder.resolve("backups/one.json"));
      Files.move(folder.resolve("backups/two.json"), folder.resolve("backups/one.json"));

      assertThat(catchThrowableOfType(ActionException.class, change::made))
          .hasMessageContaining("is not the backup that was looked at");
      assertThat(secret(rig).getData()).containsEntry("tls.key", "c3BvaWxlZA==");
    }
  }
}
