package io.byteport.engine.intake;

import static io.byteport.engine.signal.Runbooks.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.VirtualTimers;
import io.byteport.engine.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many signals of few incidents at once, and noise among them. */
abstract class BurstContract {
  private final int signals;
  private final int incidents;

  BurstContract(int signals, int incidents) {
    this.signals = signals;
    this.incidents = incidents;
  }

  abstract SqlRunStore fresh();

  @Test
  void of_a_burst_none_is_lost_each_incident_has_one_run_and_little_is_remembered()
      throws Exception {
    int noise = signals / 10;
    List<String> said = new ArrayList<>();
    for (int i = 0; i < signals - noise; i++) {
      said.add("pod-" + i % incidents);
    }
    for (int i = 0; i < noise; i++) {
      said.add("noise-" + i);
    }
    Collections.shuffle(said, new Random(42));
    try (SqlRunStore store = fresh()) {
      Rig rig = new Rig(store, new VirtualTimers(NOON), incidents, same -> same);
      Taken all = Taken.NOTHING;
      try (ExecutorService senders = Executors.newFixedThreadPool(8)) {
        List<Future<Taken>> answers = new ArrayList<>();
        for (int from = 0; from < said.size(); from += 10) {
          List<String> some = said.subList(from, Math.min(from + 10, said.size()));
          answers.add(
              senders.submit(
                  () ->
                      rig.intake.take(
                          Rig.SOURCE,
                          some.stream()
                              .map(
                                  one ->
                                      Rig.alert(
                                          one.startsWith("pod") ? "pod_broken" : null,
                                          one,
                                          Signal.Status.FIRING))
                              .toList())));
        }
        for (Future<Taken> answer : answers) {
          all = all.plus(answer.get());
        }
      }
      assertThat(all).isEqualTo(new Taken(incidents + noise, signals - incidents - noise, 0, 0));
      assertThat(rig.intake.remembered()).isLessThanOrEqualTo(incidents);

      rig.settle();
      rig.pass(Duration.ofSeconds(10));

      SourceState state = rig.states.of(Rig.SOURCE);
      assertThat(state.heard()).isEqualTo(signals);
      assertThat(state.firing()).isEqualTo(incidents + noise);
      assertThat(store.runs(2 * incidents))
          .hasSize(incidents)
          .extracting(RunSummary::target)
          .doesNotHaveDuplicates();
      long heard =
          rig.kept.alerts().latest(signals).stream()
              .filter(one -> one.signal().type().equals("pod_broken"))
              .mapToLong(Episode::heard)
              .sum();
      assertThat(heard).isEqualTo(signals - noise);
    }
  }
}
