package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Condition;
import io.byteport.adapter.kubernetes.model.ConditionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conditions, which every kind has in a class of its own. */
final class ConditionMapper {

  private ConditionMapper() {}

  static Condition map(
      String type,
      @Nullable String status,
      @Nullable String reason,
      @Nullable String message,
      @Nullable String since,
      Instant created) {
    return new Condition(
        type, status(status), empty(reason), empty(message), Times.or(since, created));
  }

  private static ConditionStatus status(@Nullable String status) {
    return switch (status == null ? "" : status) {
      case "True" -> ConditionStatus.TRUE;
      case "False" -> ConditionStatus.FALSE;
      default -> ConditionStatus.UNKNOWN;
    };
  }

  private static @Nullable String empty(@Nullable String text) {
    return text == null || text.isEmpty() ? null : LongText.cut(text);
  }

  static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(one -> one.type().equals(type)).findFirst();
  }

  static boolean holds(List<Condition> conditions, String type) {
    return find(conditions, type).filter(one -> one.status() == ConditionStatus.TRUE).isPresent();
  }
}
