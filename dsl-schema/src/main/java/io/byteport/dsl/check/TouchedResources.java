package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.action.Vocabulary;
import io.byteport.dsl.model.Runbook.ActionUse;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.TextValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The resources that an action touches where it is used: those of its description, and for one that
 * is named by an input the kind that stands there or that its type allows alone.
 */
final class TouchedResources {
  private static final String KIND = "kind";

  private final Subject subject;
  private final Typing typing;
  private final Vocabulary vocabulary;

  TouchedResources(Subject subject, Typing typing) {
    this.subject = subject;
    this.typing = typing;
    this.vocabulary = subject.catalogue().vocabulary();
  }

  /** Verbs by resource, of those that are certain; what only a run can know is left out. */
  Map<String, List<String>> of(ActionDescription action, ActionUse use) {
    return touched(
        action,
        use,
        (input, kinds) ->
            kinds.size() == 1 ? List.of(vocabulary.resource(kinds.getFirst())) : List.of());
  }

  /**
   * Verbs by resource, of every one that it may come to; what only a run can know stands under the
   * input that says it.
   */
  Map<String, List<String>> possible(ActionDescription action, ActionUse use) {
    return touched(
        action,
        use,
        (input, kinds) ->
            kinds.isEmpty() ? List.of(input) : kinds.stream().map(vocabulary::resource).toList());
  }

  private Map<String, List<String>> touched(
      ActionDescription action,
      ActionUse use,
      BiFunction<String, List<String>, List<String>> named) {
    Map<String, List<String>> touched = new LinkedHashMap<>();
    Map<String, ValueExpr.Entry> given = new LinkedHashMap<>(ActionTyping.defaults(subject, use));
    given.putAll(use.with());
    action
        .needs()
        .forEach(
            (resource, verbs) -> {
              boolean input = resource.startsWith("{") && resource.endsWith("}");
              List<String> resources =
                  input ? named.apply(resource, kinds(action, given, resource)) : List.of(resource);
              resources.forEach(one -> touched.merge(one, verbs, TouchedResources::union));
            });
    return touched;
  }

  private static List<String> union(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }

  /** The kinds that an input may name; empty where anything may come. */
  private List<String> kinds(
      ActionDescription action, Map<String, ValueExpr.Entry> given, String resource) {
    String name = resource.substring(1, resource.length() - 1);
    ValueExpr.Entry entry = given.get(name);
    return entry == null
        ? List.of()
        : action
            .input(name)
            .map(declared -> kinds(entry.value(), declared.type()))
            .orElse(List.of());
  }

  private List<String> kinds(ValueExpr value, Type expected) {
    return switch (value) {
      case ValueExpr.MapOf map -> {
        ValueExpr.Entry written = map.entries().get(KIND);
        if (written != null) {
          yield text(LiteralInputs.constant(written.value())).map(List::of).orElse(List.of());
        }
        yield expected.nonNull() instanceof RecordType record ? words(record) : List.of();
      }
      case ValueExpr.Single single ->
          typing
              .find(single.expr())
              .map(
                  found ->
                      found.type().nonNull() instanceof RecordType record
                          ? kinds(record)
                          : List.<String>of())
              .orElse(List.of());
      case ValueExpr.Constant constant ->
          expected.nonNull() instanceof RecordType
              ? List.of()
              : text(Optional.of(constant.value())).stream().toList();
      case ValueExpr.Interpolated text -> List.of();
      case ValueExpr.ListOf list -> List.of();
    };
  }

  private List<String> kinds(RecordType record) {
    List<String> words = words(record);
    return words.isEmpty() ? target(record).map(List::of).orElse(List.of()) : words;
  }

  private static List<String> words(RecordType record) {
    return record.field(KIND).orElse(null) instanceof EnumType kinds ? kinds.words() : List.of();
  }

  /** What a record without a kind refers to, by the type of target that it is. */
  private Optional<String> target(RecordType record) {
    return record.field(KIND).isPresent()
        ? Optional.empty()
        : subject.catalogue().targets().entrySet().stream()
            .filter(target -> record.is(target.getValue()))
            .map(Map.Entry::getKey)
            .findFirst();
  }

  private static Optional<String> text(Optional<Value> value) {
    return value.filter(TextValue.class::isInstance).map(text -> ((TextValue) text).value());
  }
}
