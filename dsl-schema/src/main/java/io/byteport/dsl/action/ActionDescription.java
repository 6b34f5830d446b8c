package io.byteport.dsl.action;

import io.byteport.dsl.type.Deprecation;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an action is, as data: enough to check, complete, document and grant it without loading or
 * connecting anything.
 *
 * @param name dotted, such as {@code kubectl.rolloutUndo}
 * @param doc one or two sentences
 * @param finds whether nothing found is null rather than a failure
 * @param inputs by name, in declared order
 * @param output what it returns; a record without fields where it returns nothing
 * @param needs what it must be allowed to do: verbs by resource ({@code deployments.apps} to {@code
 *     get, patch}). A resource written <code>{object}</code> is that of the input of that name
 * @param writes the fields that a change touches, for guardrails that forbid fields
 * @param preview the command that does the same, with inputs in braces
 * @param repeat what a second execution of the same intent does
 * @param probe how a recovered run learns whether an intent took effect, in words; null where it
 *     cannot
 * @param settled when the effect is complete, in words; null where that is the answer itself
 * @param watch how its elements can be watched; null where they cannot
 * @param prerequisites what must be there beside the permissions of {@code needs}
 * @param template the output where literal inputs decide about its type; null where it is always
 *     {@code output}
 * @param deprecated null where it is here to stay
 */
public record ActionDescription(
    String name,
    String doc,
    Effect effect,
    boolean finds,
    Map<String, Input> inputs,
    Type output,
    Map<String, List<String>> needs,
    List<String> writes,
    String preview,
    @Nullable String repeat,
    @Nullable String probe,
    @Nullable String settled,
    @Nullable Watch watch,
    Prerequisites prerequisites,
    @Nullable OutputTemplate template,
    @Nullable Deprecation deprecated) {

  /** One that needs nothing but permissions and is here to stay. */
  public ActionDescription(
      String name,
      String doc,
      Effect effect,
      boolean finds,
      Map<String, Input> inputs,
      Type output,
      Map<String, List<String>> needs,
      List<String> writes,
      String preview,
      @Nullable String repeat,
      @Nullable String probe,
      @Nullable String settled,
      @Nullable Watch watch) {
    this(
        name,
        doc,
        effect,
        finds,
        inputs,
        output,
        needs,
        writes,
        preview,
        repeat,
        probe,
        settled,
        watch,
        Prerequisites.NONE,
        null,
        null);
  }

  public ActionDescription {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    needs = Collections.unmodifiableMap(new LinkedHashMap<>(needs));
    writes = List.copyOf(writes);
  }

  /** The part before the first dot: {@code kubectl}. */
  public String family() {
    return name.substring(0, name.indexOf('.'));
  }

  public Optional<Input> input(String input) {
    return Optional.ofNullable(inputs.get(input));
  }

  public enum Effect {
    /** Looks, and changes nothing. */
    READ,
    /** Asks a human elsewhere, such as by a pull request; nothing that runs is changed. */
    PROPOSE,
    /** Changes what runs. */
    CHANGE
  }

  /**
   * The type of what it returns where it is given these literals; {@link #output()} where they do
   * not matter.
   */
  public Type output(Map<String, Value> literals, Function<String, Type> types) {
    return template == null ? output : template.given(literals, types);
  }

  /**
   * @param type the type that it accepts, without null
   * @param required whether it must be given; one that is not required may be null
   * @param defaultValue what stands for one that is not given; null where nothing does
   * @param policy what may stand in it beside its type
   * @param deprecated null where it is here to stay
   */
  public record Input(
      String name,
      Type type,
      boolean required,
      @Nullable Value defaultValue,
      @Nullable String doc,
      InputPolicy policy,
      @Nullable Deprecation deprecated) {

    public Input(
        String name,
        Type type,
        boolean required,
        @Nullable Value defaultValue,
        @Nullable String doc) {
      this(name, type, required, defaultValue, doc, InputPolicy.ANY, null);
    }
  }

  /**
   * @param each the output field whose elements are watched; null where the output itself is the
   *     element
   * @param labels the labels of a signal that an element makes
   * @param of the types of the inventory's entries that a watch without one ranges over; none for
   *     all of the kind
   */
  public record Watch(@Nullable String each, List<String> labels, List<String> of) {
    public Watch {
      labels = List.copyOf(labels);
      of = List.copyOf(of);
    }
  }
}
