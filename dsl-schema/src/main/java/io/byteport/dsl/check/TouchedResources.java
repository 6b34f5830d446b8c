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

/**
 * The resources that an action touches where it is used: those of its description, and for one that
 * is named by an input the kind that stands there or that its type allows alone.
 */
final class TouchedResources {
  private static final String KIND = "kind";

  private final Subject subject;
  private final Typing typing;

  TouchedResources(Subject subject, Typing typing) {
    this.subject = subject;
    this.typing = typing;
  }

  /** Verbs by resource; what only a run can know is left out. */
  Map<String, List<String>> of(ActionDescription action, ActionUse use) {
    Map<String, List<String>> touched = new LinkedHashMap<>();
    Map<String, ValueExpr.Entry> given = new LinkedHashMap<>(ActionTyping.defaults(subject, use));
    given.putAll(use.with());
    action
        .needs()
        .forEach(
            (resource, verbs) -> {
              if (resource.startsWith("{") && resource.endsWith("}")) {
                String input = resource.substring(1, resource.length() - 1);
                Optional<ValueExpr.Entry> entry = Optional.ofNullable(given.get(input));
                action
                    .input(input)
                    .flatMap(declared -> entry.flatMap(one -> kind(one.value(), declared.type())))
                    .map(Vocabulary::resourceOf)
                    .ifPresent(named -> touched.put(named, verbs));
              } else {
                touched.put(resource, verbs);
              }
            });
    return touched;
  }

  private Optional<String> kind(ValueExpr value, Type expected) {
    return switch (value) {
      case ValueExpr.MapOf map -> {
        ValueExpr.Entry written = map.entries().get(KIND);
        if (written != null) {
          yield text(LiteralInputs.constant(written.value()));
        }
        yield expected.nonNull() instanceof RecordType record ? only(record) : Optional.empty();
      }
      case ValueExpr.Single single ->
          typing
              .find(single.expr())
              .flatMap(
                  found ->
                      found.type().nonNull() instanceof RecordType record
                          ? only(record).or(() -> target(record))
                          : Optional.empty());
      case ValueExpr.Constant constant -> Optional.empty();
      case ValueExpr.Interpolated text -> Optional.empty();
      case ValueExpr.ListOf list -> Optional.empty();
    };
  }

  /** The kind of a record that can have no other. */
  private static Optional<String> only(RecordType record) {
    return record.field(KIND).orElse(null) instanceof EnumType words && words.words().size() == 1
        ? Optional.of(words.words().get(0))
        : Optional.empty();
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
