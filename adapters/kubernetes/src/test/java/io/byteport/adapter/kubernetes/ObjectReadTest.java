package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.kubernetes.model.Certificate;
import io.byteport.adapter.kubernetes.read.ListNames;
import io.byteport.adapter.kubernetes.read.ReadObject;
import io.byteport.adapter.kubernetes.read.ReadVolumeClaim;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.RecordMismatchException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ObjectReadTest {
  private static StructValue widget(String name) {
    return Rig.struct("kind", "Widget", "namespace", "production", "name", name);
  }

  @Test
  void an_object_of_a_kind_that_nobody_knows_is_found_by_asking() throws Exception {
    try (Rig rig = Rig.yaml(Shop.YAML)) {
      ReadObject.Output found =
          rig.read(
              ReadObject.Output.class,
              "kubectl.get",
              "object",
              widget("first"),
              "paths",
              Rig.struct(
                  "phase", ".status.phase",
                  "second", ".spec.parts[1].name",
                  "parts", ".spec.parts",
                  "odd", ".spec['odd.key/x']",
                  "size", ".spec.size",
                  "none", ".spec.parts[7].name"));
      assertThat(found.values())
          .isEqualTo(
              Map.of(
                  "phase", "Happy",
                  "second", "right",
                  "parts", "[{\"name\":\"left\"},{\"name\":\"right\"}]",
                  "odd", "y",
                  "size", "3"));
      assertThat(found.conditions())
          .singleElement()
          .satisfies(one -> assertThat(one.message()).isEqualTo("no"));
      assertThat(found.labels()).containsEntry("a", "b");
      assertThat(
              catchThrowableOfType(
                      ActionException.class,
                      () ->
                          rig.read(
                              ReadObject.Output.class,
                              "kubectl.get",
                              "object",
                              Rig.struct("kind", "Gadget", "namespace", "production", "name", "x")))
                  .reason())
          .isEqualTo("the cluster knows no kind `Gadget`");
    }
  }

  @Test
  void a_path_that_is_none_is_refused_with_the_input() {
    try (Rig rig = Rig.yaml(Shop.YAML)) {
      for (String path : List.of("", "status", ".a..b", ".a[x]", ".a[-1]", "$.a", ".a[?(@.b)]")) {
        Assertions.assertThatExceptionOfType(RecordMismatchException.class)
            .isThrownBy(
                () ->
                    rig.read(
                        ReadObject.Output.class,
                        "kubectl.get",
                        "object",
                        widget("first"),
                        "paths",
                        Rig.struct("x", path)))
            .withMessageContaining("expected a path such as .status.phase");
      }
      assertThat(rig.cluster.requests()).isEmpty();
    }
  }

  @Test
  void of_a_secret_only_metadata_is_asked_for() throws Exception {
    try (Rig rig = Rig.yaml(Shop.YAML)) {
      StructValue secret = Rig.struct("kind", "Secret", "namespace", "production", "name", "db");
      ReadObject.Output found = rig.read(ReadObject.Output.class, "kubectl.get", "object", secret);
      assertThat(found.name()).isEqualTo("db");
      assertThat(rig.codec.write(found).toString()).doesNotContain("aHVudGVyMg");
      ActionException failure =
          catchThrowableOfType(
              ActionException.class,
              () ->
                  rig.read(
                      ReadObject.Output.class,
                      "kubectl.get",
                      "object",
                      secret,
                      "paths",
                      Rig.struct("p", ".data.password")));
      assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
      assertThat(rig.cluster.requests()).hasSize(1);
    }
  }

  @Test
  void names_are_listed_and_nothing_else_of_the_objects() throws Exception {
    try (Rig rig = Rig.yaml(Shop.YAML)) {
      assertThat(
              rig.read(
                  ListNames.Output.class,
                  "kubectl.names",
                  "kind",
                  "Secret",
                  "namespace",
                  "production"))
          .isEqualTo(new ListNames.Output(List.of("db"), 1));
      assertThat(
              rig.read(
                      ListNames.Output.class,
                      "kubectl.names",
                      "kind",
                      "Widget",
                      "namespace",
                      "production")
                  .items())
          .containsExactly("first");
    }
  }

  @Test
  void a_claim_leads_to_the_volume_as_the_cloud_knows_it() throws Exception {
    try (Rig rig = Rig.yaml(Shop.YAML)) {
      assertThat(
              rig.read(
                  ReadVolumeClaim.Output.class,
                  "kubectl.volumeClaim",
                  "namespace",
                  "production",
                  "name",
                  "data"))
          .isEqualTo(
              new ReadVolumeClaim.Output(
                  "production",
                  "data",
                  "Bound",
                  new DataSize(10L << 30),
                  new DataSize(12L << 30),
                  "fast",
                  "pv-1",
                  "ebs.csi.aws.com",
                  "vol-0abc"));
    }
  }

  @Test
  void a_certificate_is_found_by_name_by_domain_and_by_wildcard() throws Exception {
    try (Rig rig = Rig.yaml(Shop.YAML)) {
      Certificate shop =
          new Certificate(
              null,
              "Certificate",
              "production",
              "shop",
              "shop-tls",
              true,
              3,
              Instant.parse("2026-03-01T00:00:00Z"));
      assertThat(certificate(rig, "namespace", "production", "name", "shop")).isEqualTo(shop);
      assertThat(certificate(rig, "domain", "shop.example.com")).isEqualTo(shop);
      assertThat(certificate(rig, "domain", "api.shop.example.com")).isEqualTo(shop);
      assertThat(certificate(rig, "domain", "a.b.shop.example.com")).isNull();
      assertThat(certificate(rig, "domain", "example.com")).isNull();
      assertThat(certificate(rig, "namespace", "staging", "name", "shop")).isNull();
    }
  }

  @Test
  void a_cluster_without_cert_manager_has_no_certificate() throws Exception {
    try (Rig rig = Rig.named("oom")) {
      assertThat(certificate(rig, "domain", "shop.example.com")).isNull();
    }
  }

  private static @org.jspecify.annotations.Nullable Certificate certificate(Rig rig, Object... with)
      throws Exception {
    return rig.find(Certificate.class, "kubectl.certificate", with);
  }
}
