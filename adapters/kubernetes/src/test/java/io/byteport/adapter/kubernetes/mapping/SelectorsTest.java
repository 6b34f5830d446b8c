package io.byteport.adapter.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectorsTest {
  private static final Map<String, String> LABELS = Map.of("app", "api", "tier", "web");

  @Test
  void no_selector_selects_nothing_and_an_empty_one_everything() {
    assertThat(Selectors.matches(null, LABELS)).isFalse();
    assertThat(Selectors.matches(new LabelSelector(), LABELS)).isTrue();
    assertThat(Selectors.matches(new LabelSelector(), Map.of())).isTrue();
  }

  @Test
  void all_labels_and_all_expressions_have_to_hold() {
    assertThat(Selectors.matches(selector("tier", "In", "web"), LABELS)).isTrue();
    assertThat(Selectors.matches(selector("tier", "In", "db"), LABELS)).isFalse();
    assertThat(Selectors.matches(selector("tier", "NotIn", "web"), LABELS)).isFalse();
    assertThat(Selectors.matches(selector("none", "NotIn", "web"), LABELS)).isTrue();
    assertThat(Selectors.matches(selector("tier", "Exists"), LABELS)).isTrue();
    assertThat(Selectors.matches(selector("none", "Exists"), LABELS)).isFalse();
    assertThat(Selectors.matches(selector("none", "DoesNotExist"), LABELS)).isTrue();
    assertThat(Selectors.matches(selector("tier", "DoesNotExist"), LABELS)).isFalse();
    assertThat(Selectors.matches(selector("tier", "In", "web"), Map.of("tier", "web"))).isFalse();
  }

  @Test
  void an_operator_that_nobody_knows_selects_nothing() {
    assertThat(Selectors.matches(selector("tier", "Almost", "web"), LABELS)).isFalse();
  }

  private static LabelSelector selector(String key, String operator, String... values) {
    return new LabelSelectorBuilder()
        .addToMatchLabels("app", "api")
        .addNewMatchExpression()
        .withKey(key)
        .withOperator(operator)
        .withValues(values)
        .endMatchExpression()
        .build();
  }
}
