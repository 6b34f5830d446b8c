package io.byteport.engine.sim;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.test.Given;
import io.byteport.dsl.test.TestCase;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.eval.ValuePrinter;
import io.byteport.engine.signal.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The world of a case, as a simulated run meets it. */
final class CaseFixture {
  private final CheckedRunbook checked;
  private final StructValue target;

  /**
   * @param target what the incident is about
   */
  CaseFixture(CheckedRunbook checked, StructValue target) {
    this.checked = checked;
    this.target = target;
  }

  Fixture of(TestCase testCase) {
    return of(testCase.given(), testCase.later());
  }

  Fixture of(Given given, List<TestCase.Later> later) {
    return new Fixture(
        facts(given.facts()),
        steps(given.steps()),
        given.approvals(),
        given.ledger().stream().map(this::used).toList(),
        given.locks().stream().map(this::locked).toList(),
        later.stream().map(CaseFixture::later).toList());
  }

  private static Map<String, Fixture.Answer> facts(Map<String, Given.Fact> facts) {
    Map<String, Fixture.Answer> answers = new LinkedHashMap<>();
    facts.forEach(
        (name, fact) ->
            answers.put(
                name,
                switch (fact) {
                  case Given.Fact.Is is -> new Fixture.Answer.Is(is.value());
                  case Given.Fact.Unavailable unavailable ->
                      new Fixture.Answer.Unavailable(unavailable.reason());
                  case Given.Fact.TimesOut late -> new Fixture.Answer.TimesOut();
                }));
    return answers;
  }

  private static Map<String, Fixture.StepAnswer> steps(Map<String, Given.Step> steps) {
    Map<String, Fixture.StepAnswer> answers = new LinkedHashMap<>();
    steps.forEach(
        (name, step) ->
            answers.put(
                name,
                new Fixture.StepAnswer(
                    step.result(),
                    step.changed() && step.fails() == null,
                    step.fails(),
                    step.unavailable(),
                    step.tookEffect(),
                    step.timesOut(),
                    step.settles(),
                    facts(step.then()))));
    return answers;
  }

  private static Fixture.Later later(TestCase.Later later) {
    Boolean cleared = later.cleared();
    return new Fixture.Later(
        later.after() == null ? null : later.after().name(),
        later.in(),
        facts(later.facts()),
        steps(later.steps()),
        cleared == null ? null : cleared ? Signal.Status.RESOLVED : Signal.Status.FIRING);
  }

  private Fixture.Used used(Given.Past past) {
    Set<String> names = new LinkedHashSet<>();
    names.add(past.action());
    String step = past.step();
    if (step != null) {
      names.add(step);
      checked
          .runbook()
          .remediate()
          .forEach((name, remediation) -> lineage(remediation, step, names));
    }
    return new Fixture.Used(names, values(past), past.elsewhere(), past.at());
  }

  /** The class and the groups that a step stands in. */
  private static void lineage(Runbook.Remediation remediation, String step, Set<String> names) {
    if (holds(remediation.steps(), step, names)) {
      names.add(remediation.classId().name());
    }
  }

  private static boolean holds(List<Step> steps, String wanted, Set<String> names) {
    for (Step step : steps) {
      boolean inside =
          switch (step) {
            case Step.Group group -> holds(group.steps(), wanted, names);
            case Step.Match match ->
                match.cases().values().stream().anyMatch(one -> holds(one.steps(), wanted, names))
                    || (match.otherwise() != null && holds(match.otherwise(), wanted, names));
            default -> false;
          };
      if (inside) {
        names.add(step.head().id().name());
      }
      if (inside || step.head().id().name().equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Every printed value that limits may count it by; none where nothing is told about it. */
  private Set<String> values(Given.Past past) {
    if (past.with().isEmpty() && past.target() == null) {
      return Set.of();
    }
    Set<String> values = new LinkedHashSet<>();
    StructValue about = past.target();
    values.add(ValuePrinter.print(about == null ? target : about, targetType()));
    Map<String, ActionDescription.Input> inputs =
        checked.catalogue().action(past.action()).map(ActionDescription::inputs).orElse(Map.of());
    past.with()
        .forEach(
            (name, value) -> {
              ActionDescription.Input input = inputs.get(name);
              Type type = input == null ? Type.Special.ANY : input.type();
              values.add(ValuePrinter.print(value, type));
            });
    return values;
  }

  private Type targetType() {
    RecordType type = checked.catalogue().targets().get(checked.runbook().target().type().name());
    return type == null ? Type.Special.ANY : type;
  }

  private Fixture.Locked locked(Given.Lock held) {
    Guardrail.Lock lock = lock(held.name());
    List<String> per = new ArrayList<>();
    for (int i = 0; i < held.per().size(); i++) {
      Type type = lock == null ? Type.Special.ANY : checked.typing().of(lock.per().get(i)).type();
      per.add(ValuePrinter.print(held.per().get(i), type));
    }
    return new Fixture.Locked(held.name(), per, held.by(), null);
  }

  private Guardrail.@Nullable Lock lock(String name) {
    for (Guardrail guardrail : checked.runbook().guardrails().values()) {
      if (guardrail.rule() instanceof Guardrail.Lock lock && lock.name().equals(name)) {
        return lock;
      }
    }
    return null;
  }
}
