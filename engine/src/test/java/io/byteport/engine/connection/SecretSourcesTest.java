package io.byteport.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.connection.SecretReference;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ClusterSecrets;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSourcesTest {
  @TempDir private Path folder;
  private final List<String> known = new ArrayList<>();

  private SecretSources sources(Map<String, String> environment, ClusterSecrets clusters) {
    return new SecretSources(environment, clusters, known::add);
  }

  private Secret inFile(Path file) {
    return sources(Map.of(), ClusterSecrets.NONE)
        .secret(new SecretReference.InFile(file.toString()));
  }

  @Test
  void a_variable_of_the_environment_is_read() throws ActionException {
    Secret secret =
        sources(Map.of("DB_PASSWORD", "correct horse"), ClusterSecrets.NONE)
            .secret(new SecretReference.Variable("DB_PASSWORD"));

    assertThat(secret.reveal()).isEqualTo("correct horse");
    assertThat(secret).hasToString("secret from the environment variable DB_PASSWORD");
  }

  @Test
  void a_variable_that_is_not_set_is_named() {
    Secret secret =
        sources(Map.of(), ClusterSecrets.NONE).secret(new SecretReference.Variable("DB_PASSWORD"));

    assertThatThrownBy(secret::reveal)
        .isInstanceOfSatisfying(
            ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND))
        .hasMessage("there is no environment variable DB_PASSWORD");
  }

  @Test
  void one_line_end_of_a_file_is_no_part_of_the_secret() throws Exception {
    Path file = folder.resolve("password");
    for (String end : List.of("", "\n", "\r\n")) {
      Files.writeString(file, "correct horse " + end);
      assertThat(inFile(file).reveal()).isEqualTo("correct horse ");
    }
    Files.writeString(file, "correct\nhorse\n\n");
    assertThat(inFile(file).reveal()).isEqualTo("correct\nhorse\n");
  }

  @Test
  void a_secret_that_was_replaced_is_read_anew_and_both_are_known() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "the first one\n");
    Secret secret = inFile(file);
    assertThat(secret.reveal()).isEqualTo("the first one");

    Files.writeString(file, "the second one\n");

    assertThat(secret.reveal()).isEqualTo("the second one");
    assertThat(known).containsExactly("the first one", "the second one");
  }

  @Test
  void a_file_that_is_not_there_an_empty_one_and_a_huge_one_are_told_apart() throws Exception {
    Path gone = folder.resolve("gone");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    Path huge = Files.write(folder.resolve("huge"), new byte[(1 << 20) + 1]);

    assertThatThrownBy(inFile(gone)::reveal)
        .hasMessage("the secret in " + gone + " cannot be read: no such file");
    assertThatThrownBy(inFile(empty)::reveal).hasMessage("the file " + empty + " is empty");
    assertThatThrownBy(inFile(huge)::reveal)
        .hasMessage("the file " + huge + " is too large for a secret");
    assertThat(known).isEmpty();
  }

  @Test
  void a_secret_of_a_cluster_is_asked_of_that_cluster() throws ActionException {
    Secret secret =
        sources(
                Map.of(),
                (cluster, namespace, name, key) ->
                    String.join(",", String.valueOf(cluster), String.valueOf(namespace), name, key))
            .secret(new SecretReference.InCluster("byteport-db", "appdb", "ops", null));

    assertThat(secret.reveal()).isEqualTo("null,ops,byteport-db,appdb");
    assertThat(secret)
        .hasToString("secret from the key appdb of the Kubernetes secret ops/byteport-db");
  }

  @Test
  void where_there_is_no_cluster_that_is_said() {
    Secret secret =
        sources(Map.of(), ClusterSecrets.NONE)
            .secret(new SecretReference.InCluster("byteport-db", "appdb", null, null));

    assertThatThrownBy(secret::reveal)
        .hasMessage("there is no cluster that the secret could be read from");
  }

  @Test
  void a_file_that_others_may_read_is_warned_of() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "correct horse");
    SecretReference reference = new SecretReference.InFile(file.toString());
    for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThat(SecretSources.warning(reference))
          .hasValueSatisfying(
              warning -> assertThat(warning).contains(file.toString(), mode, "chmod 600"));
    }
    for (String mode : List.of("rw-------", "r--------")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThat(SecretSources.warning(reference)).isEmpty();
    }
  }

  @Test
  void a_file_that_somebody_else_lends_to_a_group_is_not_warned_of() throws IOException {
    String user = System.getProperty("user.name");
    Path file = Files.writeString(folder.resolve("password"), "correct horse");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    SecretReference reference = new SecretReference.InFile(file.toString());
    System.setProperty("user.name", "?"); // as in a container whose users have no names
    try {
      assertThat(SecretSources.warning(reference)).isEmpty();
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
      assertThat(SecretSources.warning(reference)).isPresent();
    } finally {
      System.setProperty("user.name", user);
    }
  }

  @Test
  void there_is_nothing_to_warn_of_where_there_is_no_file() {
    assertThat(SecretSources.warning(new SecretReference.InFile(folder.resolve("gone").toString())))
        .isEmpty();
    assertThat(SecretSources.warning(new SecretReference.Variable("DB_PASSWORD"))).isEmpty();
  }
}
