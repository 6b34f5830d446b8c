package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one step has come, as {@code steps.ID} shows it. A step that runs a second time starts
 * anew.
 *
 * @param reason why it was skipped or refused or failed; null otherwise
 * @param command what a person would type; null where there is nothing to type
 * @param error the other side's words; null where it did not fail
 * @param result what it returned; null as a value where it returned nothing
 * @param condition what its {@code when} came to; null where it has none, or before it was asked
 */
record StepRecord(
    Note.StepStatus status,
    boolean changed,
    @Nullable String reason,
    @Nullable String command,
    @Nullable String error,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Value result,
    @Nullable Term condition) {

  static StepRecord begun(Instant at) {
    return new StepRecord(
        Note.StepStatus.PENDING, false, null, null, null, at, null, Value.NULL, null);
  }

  StepRecord ended(Note.StepStatus how, @Nullable String why, Instant at) {
    return new StepRecord(how, changed, why, command, error, startedAt, at, result, condition);
  }

  StepRecord failed(String words, Instant at) {
    return new StepRecord(
        Note.StepStatus.FAILED, changed, words, command, words, startedAt, at, result, condition);
  }

  StepRecord returned(Value value, boolean hasChanged) {
    return new StepRecord(
        status, hasChanged, reason, command, error, startedAt, endedAt, value, condition);
  }

  StepRecord commanded(@Nullable String text) {
    return new StepRecord(
        status, changed, reason, text, error, startedAt, endedAt, result, condition);
  }

  StepRecord judged(Term how) {
    return new StepRecord(status, changed, reason, command, error, startedAt, endedAt, result, how);
  }

  boolean ok() {
    return status == Note.StepStatus.DONE || status == Note.StepStatus.PLANNED;
  }
}
