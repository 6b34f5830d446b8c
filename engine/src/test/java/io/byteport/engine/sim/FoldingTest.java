package io.byteport.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.run.Command;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.Interpreter;
import io.byteport.engine.run.Links;
import io.byteport.engine.run.RunState;
import io.byteport.engine.run.Transition;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.sim.Fixture.StepAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A run is its events: whoever reads them from the journal stands where the run stood. */
class FoldingTest {
  private static final String RUNBOOK =
      """
      severity:
        - { value: critical, when: box.load > 80 }
      classify:
        passes: 2
        every: 20s
        rules:
          - class: broken
            when: found == null and not box.ready
            confidence: 0.9
            because: ${box.name} is not ready
      guardrails:
        opted_out:
          skip: box.tags["skip"] == "yes"
        alone:
          lock: bench
          wait: 20s
        often:
          limit: 3
          every: 1h
          guards: [lab.drop]
        ask:
          approve: Mend it?
          within: 5m
          guards: [mend]
      remediate:
        broken:
          until: box.load < 10
          refresh: [box]
          steps:
            - id: drop
              forEach: box.items
              uses: lab.drop
              with:
                item: ${item}
              onFailure: continue
            - id: pause
              wait: 30s
              until: box.load < 50
              every: 10s
              onFailure: continue
            - id: group
              steps:
                - id: mend
                  uses: lab.mend
                  with:
                    box: ${target}
                  onFailure:
                    - id: instead
                      uses: lab.mend
                      with: { box: "${target}", by: 2 }
                - call: again
          verify:
            within: 40s
            every: 10s
            for: 10s
            expect:
              ready: box.ready
              flat: increase(box.load, 10s) == 0
            then:
              - id: after
                uses: lab.mend
                with: { box: "${target}" }
        unknown:
          advice: Nobody knows
      blocks:
        again:
          args: {}
          steps:
            - id: inner
              uses: lab.mend
              with: { box: "${target}" }
      rollback:
        steps:
          - id: undo
            uses: lab.undo
            with: { box: "${target}" }
      """;

  /** A name for the set-up in reports of failures. */
  private record CheckedLab(Lab lab, List<String> setUp) {
    @Override
    public String toString() {
      return setUp.toString();
    }
  }

  @Provide
  Arbitrary<CheckedLab> labs() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 5),
            Arbitraries.integers().between(0, 4),
            Arbitraries.of("done", "fails", "lost", "found", "slow", "same"),
            Arbitraries.of("done", "fails", "lost", "found"),
            Arbitraries.integers().between(0, 7),
            Arbitraries.of(true, false))
        .as(FoldingTest::lab);
  }

  private static StepAnswer answer(String how) {
    return switch (how) {
      case "fails" -> StepAnswer.fails("no");
      case "lost" -> StepAnswer.unknown("no answer", null);
      case "found" -> StepAnswer.unknown("no answer", true);
      case "slow" -> StepAnswer.DONE.settles(Lab.duration("25s"));
      case "same" -> StepAnswer.DONE.unchanged();
      default -> StepAnswer.DONE;
    };
  }

  private static CheckedLab lab(
      int items, int world, String mend, String drop, int bits, boolean live) {
    Object[] all =
        IntStream.range(0, items).mapToObj(i -> (Object) Lab.item("i" + i, i, false)).toArray();
    Lab lab =
        Lab.of(
                Sections.BOX,
                "  found:\n    uses: lab.find\n    with: { label: red }\n",
                RUNBOOK,
                Sections.END)
            .fact(
                "box",
                "name",
                "b1",
                "ready",
                false,
                "load",
                90,
                "items",
                Lab.list(all),
                "tags",
                Lab.struct())
            .step("mend", answer(mend))
            .step("drop[1]", answer(drop));
    if (!live) {
      lab.dryRun();
    }
    if ((bits & 1) == 0) {
      lab.is("found", io.byteport.dsl.value.Value.NULL);
    } else {
      lab.unavailable("found", "forbidden").later(null, "10s", "found", "name", "b9");
    }
    if ((bits & 2) == 0) {
      lab.approval("ask", true);
    }
    if ((bits & 4) != 0) {
      lab.lockedUntil("bench", "run-7", "12s");
    }
    switch (world) {
      case 0 -> lab.later("mend", "15s", "box", "ready", true, "load", 40);
      case 1 -> lab.later("drop", "0s", "box", "load", 5, "ready", true);
      case 2 -> lab.laterSignal("drop", "12s", Signal.Status.RESOLVED);
      case 3 -> lab.laterUnavailable("mend", "5s", "box", "connection reset");
      default -> lab.laterSignal(null, "7s", Signal.Status.RESOLVED);
    }
    return new CheckedLab(
        lab,
        List.of("items " + items, "world " + world, mend, drop, "bits " + bits, "live " + live));
  }

  @Property(tries = 150)
  void foldingEveryPrefixOfARunLeadsWhereTheRunWas(@ForAll("labs") CheckedLab lab) {
    SimulatedRun.Played played = lab.lab().played();
    List<Event> events = played.events();
    Interpreter fresh = new Interpreter(new io.byteport.engine.eval.Evaluator(), Links.NONE);

    RunState state = RunState.of(lab.lab().runbook());
    for (int i = 0; i < events.size(); i++) {
      Transition transition = fresh.next(state, events.get(i));
      state = transition.state();
      assertThat(state).isEqualTo(played.states().get(i));
      assertThat(transition.command()).isEqualTo(played.commands().get(i));
      boolean open =
          events.get(i) instanceof Event.ChangeIntended
              || (transition.command() instanceof Command.Resolve);
      if (open) {
        assertThat(fresh.resume(state)).isInstanceOf(Command.Resolve.class);
      } else {
        assertThat(fresh.resume(state)).isEqualTo(played.commands().get(i));
      }
    }
    assertThat(fresh.fold(lab.lab().runbook(), played.journal())).isEqualTo(played.state());
  }

  @Property(tries = 100)
  void noChangeIsMadeTwiceAndNoneInADryRun(@ForAll("labs") CheckedLab lab) {
    List<String> changes = lab.lab().changes();

    assertThat(changes).doesNotHaveDuplicates();
    if (lab.setUp().contains("live false")) {
      assertThat(changes).isEmpty();
    }
  }

  @Property(tries = 100)
  void aRunThatSaysResolvedHasChangedSomethingAndSeenEverythingHold(
      @ForAll("labs") CheckedLab lab) {
    if (lab.lab().result() == io.byteport.engine.run.RunResult.RESOLVED) {
      assertThat(lab.lab().did()).isNotEmpty();
      assertThat(lab.lab().report().unmet()).isEmpty();
      assertThat(lab.lab().played().state().attempts()).isPositive();
    }
  }

  @Property(tries = 60)
  void anEventOfASignalNeverLosesWhatIsPending(@ForAll("labs") CheckedLab lab) {
    SimulatedRun.Played played = lab.lab().played();
    List<Event> events = new ArrayList<>(played.events());
    RunState state = RunState.of(lab.lab().runbook());
    for (Event event : events) {
      state = Lab.INTERPRETER.next(state, event).state();
      Command before = state.pending().orElseThrow();
      Transition same =
          Lab.INTERPRETER.next(state, new Event.SignalChanged(state.at(), Signal.Status.FIRING));
      assertThat(same.command()).isEqualTo(before);
    }
  }
}
