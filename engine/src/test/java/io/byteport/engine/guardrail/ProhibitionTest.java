package io.byteport.engine.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.Vocabulary;
import io.byteport.dsl.model.Guardrail.Forbid;
import io.byteport.dsl.model.Guardrail.Forbidden;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProhibitionTest {
  private static final StructValue DEPLOYMENT =
      Value.of(Map.of("object", Value.of(Map.of("kind", Value.of("Deployment")))));

  private static ActionDescription action(
      ActionDescription.Effect effect, Map<String, List<String>> needs, String... writes) {
    return new ActionDescription(
        "lab.act",
        "Acts",
        effect,
        false,
        Map.of(),
        Type.Special.ANY,
        needs,
        List.of(writes),
        "",
        null,
        null,
        null,
        null);
  }

  private static ActionDescription change(Map<String, List<String>> needs, String... writes) {
    return action(ActionDescription.Effect.CHANGE, needs, writes);
  }

  private static List<Id> ids(String words) {
    return words.isEmpty()
        ? List.of()
        : Stream.of(words.split(" ")).map(word -> new Id(word, new Span(0, 0))).toList();
  }

  private static Forbid forbid(String resources, String verbs, String fields) {
    return new Forbid(List.of(new Forbidden(ids(resources), ids(verbs), ids(fields))));
  }

  private static final Vocabulary VOCABULARY =
      new Vocabulary(
          Map.of("core", List.of("pods", "secrets"), "apps", List.of("deployments")), Map.of());

  private static boolean forbids(Forbid forbid, ActionDescription action) {
    return new Prohibition(VOCABULARY).of(forbid, action, DEPLOYMENT).isPresent();
  }

  @Test
  void aVerbOnAResourceIsForbiddenAndOthersAreNot() {
    Forbid forbid = forbid("secrets configmaps", "create patch", "");

    assertThat(forbids(forbid, change(Map.of("secrets", List.of("get", "patch"))))).isTrue();
    assertThat(forbids(forbid, change(Map.of("secrets", List.of("get"))))).isFalse();
    assertThat(forbids(forbid, change(Map.of("pods", List.of("patch"))))).isFalse();
  }

  @Test
  void aBareNameMeansTheResourceInEveryGroup() {
    assertThat(
            forbids(
                forbid("deployments", "patch", ""),
                change(Map.of("deployments.apps", List.of("patch")))))
        .isTrue();
    assertThat(
            forbids(
                forbid("deployments.other", "patch", ""),
                change(Map.of("deployments.apps", List.of("patch")))))
        .isFalse();
  }

  @Test
  void aNeedOfAnObjectIsThatOfItsKind() {
    assertThat(
            forbids(
                forbid("deployments", "patch", ""), change(Map.of("{object}", List.of("patch")))))
        .isTrue();
    assertThat(
            forbids(
                forbid("statefulsets", "patch", ""), change(Map.of("{object}", List.of("patch")))))
        .isFalse();
  }

  @Test
  void fieldsNarrowWhatIsForbidden() {
    Forbid forbid = forbid("nodes", "patch", "metadata.labels status");

    assertThat(forbids(forbid, change(Map.of("nodes", List.of("patch")), "metadata.labels.zone")))
        .isTrue();
    assertThat(forbids(forbid, change(Map.of("nodes", List.of("patch")), "spec.unschedulable")))
        .isFalse();
  }

  @Test
  void onlyChangesAreForbidden() {
    Forbid everything = new Forbid(List.of());

    assertThat(forbids(everything, change(Map.of()))).isTrue();
    assertThat(forbids(everything, action(ActionDescription.Effect.READ, Map.of()))).isFalse();
    assertThat(forbids(everything, action(ActionDescription.Effect.PROPOSE, Map.of()))).isFalse();
  }

  @Test
  void the_kind_that_an_input_names_is_forbidden_by_its_full_name_too() {
    ActionDescription annotate = change(Map.of("{object}", List.of("patch")));
    StructValue object =
        Value.of(Map.of("object", Value.of(Map.of("kind", Value.of("Deployment")))));

    assertThat(
            new Prohibition(VOCABULARY)
                .of(forbid("deployments.apps", "patch", ""), annotate, object))
        .isPresent();
    assertThat(new Prohibition(VOCABULARY).of(forbid("pods", "patch", ""), annotate, object))
        .isEmpty();
  }

  @Test
  void an_input_that_is_the_kind_itself_is_forbidden_by_it() {
    ActionDescription change = change(Map.of("{kind}", List.of("patch")));
    StructValue secret = Value.of(Map.of("kind", Value.of("Secret")));

    assertThat(new Prohibition(VOCABULARY).of(forbid("secrets", "patch", ""), change, secret))
        .isPresent();
  }
}
