package io.byteport.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CausesTest {
  private static final Cause POD = new Cause("pod", "connection refused (get pods a/b)");
  private static final Cause EVENTS = new Cause("events", "connection refused (list events)");
  private static final Cause LOGS =
      new Cause("logs", "needs `pod`: connection refused (get pods a/b)");
  private static final Cause NODE = new Cause("node", "forbidden");

  @Test
  void a_single_cause_keeps_all_its_words() {
    assertThat(Causes.sentence(List.of(POD))).isEqualTo("pod: connection refused (get pods a/b)");
  }

  @Test
  void one_reason_of_several_facts_is_said_once() {
    assertThat(Causes.sentence(List.of(POD, EVENTS, LOGS)))
        .isEqualTo("3 facts could not be read: connection refused (pod, events, logs)");
  }

  @Test
  void other_reasons_stand_apart() {
    assertThat(Causes.sentence(List.of(POD, NODE, LOGS)))
        .isEqualTo("2 facts could not be read: connection refused (pod, logs); node: forbidden");
  }

  @Test
  void terms_without_a_value_are_named_together() {
    assertThat(Causes.sentence(List.of(new Cause("a.b", "is null"), new Cause("c.d", "is null"))))
        .isEqualTo("a.b, c.d are null");
  }

  @Test
  void a_fact_that_was_not_read_names_the_fact_that_it_needs_and_its_reason() {
    assertThat(Causes.needed(List.of(LOGS)))
        .isEqualTo("needs `logs`: connection refused (get pods a/b)");
    assertThat(Causes.root(Causes.needed(List.of(LOGS))))
        .isEqualTo("connection refused (get pods a/b)");
  }

  @Test
  void words_of_the_other_side_are_not_taken_for_ours() {
    Cause cause = new Cause("pod", "Forbidden: needs a role");

    assertThat(Causes.root(cause.reason())).isEqualTo("Forbidden: needs a role");
    assertThat(Causes.sentence(List.of(cause))).isEqualTo("pod: Forbidden: needs a role");
  }
}
