package io.byteport.dsl.check;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.expr.Template;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Runbook.Block;
import io.byteport.dsl.model.Runbook.Input;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value.TextValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows untrusted text through one runbook: from labels, reads and what steps return, through
 * inputs, facts, choices, templates, functions, arguments of blocks and items of lists. What is
 * compared is not cleaned by it; what has a type that holds no open text is.
 */
final class DataFlow {
  /** What of a run holds words of others: reasons, commands, and what quotes them. */
  private static final Set<String> QUOTING =
      Set.of("reason", "did", "planned", "timeline", "because", "advice", "explanation");

  /**
   * Where a value stands.
   *
   * @param block null outside blocks
   * @param locals the ways to names that exist only there; a name that is missing is clean
   * @param element the way to {@code $}
   */
  record Place(@Nullable Block block, Map<String, Trail> locals, @Nullable Trail element) {
    static final Place TOP = new Place(null, Map.of(), null);

    static Place in(@Nullable Block block) {
      return new Place(block, Map.of(), null);
    }

    Place with(String name, Optional<Trail> trail) {
      Map<String, Trail> more = new LinkedHashMap<>(locals);
      trail.ifPresent(way -> more.put(name, way));
      return new Place(block, more, element);
    }

    private Place over(Optional<Trail> trail) {
      return new Place(block, locals, trail.orElse(null));
    }
  }

  private final Subject subject;
  private final TypingPass.Typed typed;
  private final Map<String, Fact> facts;
  private final Map<String, StepTree.Placed> steps = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();

  DataFlow(Subject subject, TypingPass.Typed typed) {
    this.subject = subject;
    this.typed = typed;
    this.facts = subject.facts();
    for (StepTree.Placed placed : subject.tree().all()) {
      steps.putIfAbsent(placed.step().head().id().name(), placed);
    }
  }

  /** The way of untrusted text into a value, or empty where there is none in it. */
  Optional<Trail> of(ValueExpr value, Place place) {
    return switch (value) {
      case ValueExpr.Constant constant -> Optional.empty();
      case ValueExpr.Single single -> of(single.expr(), place);
      case ValueExpr.Interpolated text ->
          first(
              text.template().parts(),
              part ->
                  part instanceof Template.Hole hole ? of(hole.expr(), place) : Optional.empty());
      case ValueExpr.ListOf list -> first(list.items(), item -> of(item, place));
      case ValueExpr.MapOf map -> first(map.entries().values(), entry -> of(entry.value(), place));
    };
  }

  /** The way of untrusted text into an expression. */
  Optional<Trail> of(Expr expr, Place place) {
    return typed.typing().find(expr).flatMap(found -> of(found, place));
  }

  /** Whether an expression writes out the elements of a list, and the ways into each. */
  Optional<List<Optional<Trail>>> elements(Expr expr, Place place) {
    return typed.typing().find(expr).orElse(null) instanceof TypedExpr.ListOf list
        ? Optional.of(list.items().stream().map(item -> of(item, place)).toList())
        : Optional.empty();
  }

  /** The place of the elements of a list. */
  Place each(Place place, String name, Expr list) {
    return place.with(
        name, of(list, place).map(way -> way.through(list.span(), "is an item of this list")));
  }

  private Optional<Trail> of(TypedExpr expr, Place place) {
    if (!OpenText.in(expr.type())) {
      return Optional.empty();
    }
    return switch (expr) {
      case TypedExpr.Literal literal -> Optional.empty();
      case TypedExpr.ListOf list -> first(list.items(), item -> of(item, place));
      case TypedExpr.Root root -> root(root, place);
      case TypedExpr.Element element -> Optional.ofNullable(place.element());
      case TypedExpr.Field field ->
          member(field.target(), field.name(), field.syntax().span(), place);
      case TypedExpr.Index index ->
          index.key() instanceof TypedExpr.Literal key && key.value() instanceof TextValue name
              ? member(index.target(), name.value(), index.syntax().span(), place)
              : of(index.target(), place);
      case TypedExpr.Arithmetic sum -> of(sum.left(), place).or(() -> of(sum.right(), place));
      case TypedExpr.Call call -> call(call, place);
      case TypedExpr.Not not -> Optional.empty();
      case TypedExpr.Negate negate -> Optional.empty();
      case TypedExpr.Logical logical -> Optional.empty();
      case TypedExpr.Comparison comparison -> Optional.empty();
      case TypedExpr.Membership membership -> Optional.empty();
      case TypedExpr.Match match -> Optional.empty();
    };
  }

  /** Of the arguments; of a list that is mapped only what the mapping makes of it. */
  private Optional<Trail> call(TypedExpr.Call call, Place place) {
    List<TypedExpr> arguments = call.arguments();
    boolean maps = call.function().name().equals("map");
    for (int i = 0; i < arguments.size(); i++) {
      boolean lambda = call.function().lambda(i);
      Place inside = lambda ? place.over(of(arguments.get(0), place)) : place;
      Optional<Trail> way = maps && !lambda ? Optional.empty() : of(arguments.get(i), inside);
      if (way.isPresent()) {
        return way;
      }
    }
    return Optional.empty();
  }

  private Optional<Trail> root(TypedExpr.Root root, Place place) {
    Span span = root.syntax().span();
    return switch (root.name()) {
      case "params", "runbook", "guardrails" -> Optional.empty();
      case "signal" -> Optional.of(Trail.from(span, "comes from the signal"));
      case "run" -> Optional.of(Trail.from(span, "comes from the run, which quotes others"));
      case "inputs" -> first(typed.inputs().keySet(), this::input);
      case "target" -> first(subject.runbook().target().fields().keySet(), this::target);
      case "before" -> first(facts.keySet(), this::fact);
      case "steps" -> Optional.of(Trail.from(span, "comes from what steps return"));
      default ->
          root.kind() == TypedExpr.RootKind.FACT
              ? fact(root.name())
              : Optional.ofNullable(place.locals().get(root.name()));
    };
  }

  private Optional<Trail> member(TypedExpr target, String name, Span span, Place place) {
    Type type = target.type().nonNull();
    if (type instanceof RecordType record
        && (record.isInventory() || record.note(name).trusted())) {
      return Optional.empty();
    }
    if (target instanceof TypedExpr.Root root) {
      switch (root.name()) {
        case "inputs" -> {
          return input(name);
        }
        case "target" -> {
          return target(name);
        }
        case "before" -> {
          return fact(name);
        }
        case "args" -> {
          return argument(place.block(), name);
        }
        case "run" -> {
          return QUOTING.contains(name)
              ? Optional.of(Trail.from(span, "comes from `run." + name + "`, which quotes others"))
              : Optional.empty();
        }
        default -> {}
      }
    }
    Optional<StepTree.Placed> asked = step(target);
    if (asked.isPresent()) {
      return result(asked.get(), name);
    }
    if (target instanceof TypedExpr.Field inner
        && inner.name().equals("result")
        && step(inner.target()).map(StepTree.Placed::step).orElse(null)
            instanceof Step.Record fields) {
      ValueExpr.Entry entry = fields.fields().get(name);
      return entry == null ? Optional.empty() : recorded(fields, entry);
    }
    return of(target, place);
  }

  /** The step that {@code steps.ID} means. */
  private Optional<StepTree.Placed> step(TypedExpr expr) {
    return expr instanceof TypedExpr.Field field
            && field.target() instanceof TypedExpr.Root root
            && root.name().equals("steps")
        ? Optional.ofNullable(steps.get(field.name()))
        : Optional.empty();
  }

  private Optional<Trail> result(StepTree.Placed placed, String field) {
    Step step = placed.step();
    Span span = step.head().id().span();
    if (!field.equals("result")) {
      return Optional.of(Trail.from(span, "comes from what this step reports"));
    }
    return switch (step) {
      case Step.Act act ->
          Optional.of(Trail.from(span, "comes from what `" + act.use().action() + "` returns"));
      case Step.Propose propose ->
          Optional.of(Trail.from(span, "comes from what `" + propose.use().action() + "` returns"));
      case Step.Record fields -> first(fields.fields().values(), entry -> recorded(fields, entry));
      case Step.CallBlock call -> Optional.empty();
      case Step.Group group -> Optional.empty();
      case Step.Match match -> Optional.empty();
      case Step.Wait wait -> Optional.empty();
      case Step.HandOff handOff -> Optional.empty();
      case Step.Escalate escalate -> Optional.empty();
    };
  }

  private Optional<Trail> recorded(Step.Record step, ValueExpr.Entry entry) {
    StepTree.Placed placed = steps.get(step.head().id().name());
    Place place = placed == null ? Place.TOP : Place.in(placed.block());
    return once(
        "steps." + step.head().id() + "." + entry.key(),
        () ->
            of(entry.value(), place)
                .map(
                    way ->
                        way.through(entry.key().span(), "is recorded as `" + entry.key() + "`")));
  }

  private Optional<Trail> input(String name) {
    Input input = subject.runbook().inputs().get(name);
    Type type = typed.inputs().get(name);
    if (input == null || type == null || !OpenText.in(type)) {
      return Optional.empty();
    }
    String labels =
        input.from().stream().map(one -> "`" + one + "`").collect(Collectors.joining(" or "));
    return Optional.of(Trail.from(input.id().span(), "comes from label " + labels));
  }

  private Optional<Trail> target(String name) {
    ValueExpr.Entry entry = subject.runbook().target().fields().get(name);
    return entry == null
        ? Optional.empty()
        : of(entry.value(), Place.TOP)
            .map(way -> way.through(entry.key().span(), "passes through `target." + name + "`"));
  }

  private Optional<Trail> fact(String name) {
    Fact fact = facts.get(name);
    if (fact == null
        || !OpenText.in(typed.typing().facts().getOrDefault(name, Type.Special.UNKNOWN))) {
      return Optional.empty();
    }
    Span span = fact.id().span();
    return switch (fact) {
      case Fact.Read read ->
          Optional.of(Trail.from(span, "comes from what `" + read.use().action() + "` reads"));
      case Fact.Computed computed ->
          once(name, () -> through(of(computed.expr(), Place.TOP), span, name));
      case Fact.Chosen chosen ->
          once(
              name,
              () ->
                  through(
                      first(
                          chosen.choice().options(),
                          (Choice.Option option) -> of(option.value(), Place.TOP)),
                      span,
                      name));
    };
  }

  private static Optional<Trail> through(Optional<Trail> trail, Span span, String fact) {
    return trail.map(way -> way.through(span, "passes through fact `" + fact + "`"));
  }

  /** What the callers of a block give for an argument. */
  private Optional<Trail> argument(@Nullable Block block, String name) {
    if (block == null) {
      return Optional.empty();
    }
    return once(
        "args." + block.id() + "." + name,
        () ->
            first(
                subject.tree().all(),
                placed -> {
                  if (!(placed.step() instanceof Step.CallBlock call)
                      || !call.block().name().equals(block.id().name())) {
                    return Optional.empty();
                  }
                  ValueExpr.Entry entry = call.with().get(name);
                  return entry == null
                      ? Optional.empty()
                      : of(entry.value(), Place.in(placed.block()))
                          .map(
                              way ->
                                  way.through(
                                      entry.key().span(),
                                      "passes through argument `"
                                          + name
                                          + "` of `"
                                          + block.id()
                                          + "`"));
                }));
  }

  /** What refers to itself adds nothing to itself. */
  private Optional<Trail> once(String node, Supplier<Optional<Trail>> trail) {
    if (!underWay.add(node)) {
      return Optional.empty();
    }
    try {
      return trail.get();
    } finally {
      underWay.remove(node);
    }
  }

  private static <T> Optional<Trail> first(
      Collection<T> parts, Function<? super T, Optional<Trail>> trail) {
    return parts.stream().map(trail).flatMap(Optional::stream).findFirst();
  }
}
