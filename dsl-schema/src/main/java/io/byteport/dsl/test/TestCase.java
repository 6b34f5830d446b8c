package io.byteport.dsl.test;

import io.byteport.dsl.model.Id;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.test.Given.Fact;
import io.byteport.dsl.test.Given.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One invented incident.
 *
 * @param name the promise that it holds
 * @param span of the name
 * @param row where the row of its table stands that it was made of; null without a table
 * @param focus whether it is to be played alone
 * @param skip why it is not to be played; null where it is
 * @param tags words by which it can be selected
 * @param given what it starts from, the file's own merged in
 * @param later what changes in the course of time, in the order of the file
 * @param expected what it must come to, in the order of the file; at least one
 */
public record TestCase(
    String name,
    Span span,
    @Nullable Span row,
    boolean focus,
    @Nullable String skip,
    Set<String> tags,
    Given given,
    List<Later> later,
    List<Expected> expected) {
  public TestCase {
    tags = Set.copyOf(tags);
    later = List.copyOf(later);
    expected = List.copyOf(expected);
  }

  /** Where to look for it: its row, else its name. */
  public Span place() {
    return row == null ? span : row;
  }

  /**
   * A change of the world.
   *
   * @param after the step from whose execution is counted; null for the start
   * @param in how much later; zero for at once
   * @param facts laid over what they were: maps merge, all else replaces
   * @param cleared what the source says of the signal from then on; null where it says nothing
   */
  public record Later(
      @Nullable Id after,
      Duration in,
      Map<String, Fact> facts,
      Map<String, Step> steps,
      @Nullable Boolean cleared) {
    public Later {
      facts = Given.frozen(facts);
      steps = Given.frozen(steps);
    }
  }
}
