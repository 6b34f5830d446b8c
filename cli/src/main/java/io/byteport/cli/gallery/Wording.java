package io.byteport.cli.gallery;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.model.Choice;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the parts of a runbook say, in words around the author's own. */
record Wording(CheckedRunbook checked) {

  /** As the author wrote it, on one line. */
  String written(Span span) {
    return checked.source().text(span).strip().replaceAll("\\s+", " ");
  }

  /** The same, empty where there is nothing. */
  String written(@Nullable ValueExpr value) {
    return value == null ? "" : written(value.span());
  }

  String choice(Choice choice) {
    return choice.options().stream()
        .map(
            option ->
                written(option.value().span())
                    + (option.when() == null ? "" : " when " + written(option.when().span())))
        .collect(Collectors.joining("; "));
  }

  String input(Runbook.Input input) {
    return input.type().text()
        + (input.required() ? ", required" : "")
        + (input.from().isEmpty() ? "" : ", from label " + String.join(" or ", input.from()))
        + (input.doc() == null ? "" : ": " + input.doc());
  }

  String parameter(Runbook.Param param) {
    List<String> said = new ArrayList<>();
    said.add(
        param.type().text()
            + (param.defaultValue() == null ? "" : " = " + written(param.defaultValue().span())));
    if (param.minimum() != null) {
      said.add("at least " + written(param.minimum().span()));
    }
    if (param.maximum() != null) {
      said.add("at most " + written(param.maximum().span()));
    }
    if (!param.words().isEmpty()) {
      said.add("one of " + String.join(", ", param.words()));
    }
    if (param.env() != null) {
      said.add("env " + param.env());
    }
    return String.join("; ", said) + "\n" + param.doc();
  }

  String fact(Fact fact) {
    return switch (fact) {
      case Fact.Read read ->
          read.use().action()
              + (read.forEach() == null ? "" : " for each of " + written(read.forEach().span()))
              + (read.when() == null ? "" : " when " + written(read.when().span()));
      case Fact.Computed computed -> "= " + written(computed.expr().span());
      case Fact.Chosen chosen -> "= " + choice(chosen.choice());
    };
  }

  String guardrail(Guardrail.Rule rule) {
    return switch (rule) {
      case Guardrail.Skip skip -> "skip where " + written(skip.condition().span());
      case Guardrail.Require require -> "require " + written(require.condition().span());
      case Guardrail.Limit limit ->
          "at most "
              + written(limit.limit().span())
              + " every "
              + written(limit.every().span())
              + per(limit.per().stream().map(one -> one.span()).toList());
      case Guardrail.Lock lock ->
          "lock "
              + lock.name()
              + per(lock.per().stream().map(one -> one.span()).toList())
              + ", if busy "
              + lock.busy().name().toLowerCase(Locale.ROOT);
      case Guardrail.Approve approve ->
          "ask a human: "
              + written(approve.question().span())
              + (approve.unless() == null ? "" : " unless " + written(approve.unless().span()));
      case Guardrail.Forbid forbid ->
          "forbid "
              + (forbid.rules().isEmpty()
                  ? "every change"
                  : forbid.rules().stream()
                      .map(each -> ids(each.verbs()) + " " + ids(each.resources()))
                      .collect(Collectors.joining("; ")));
      case Guardrail.Protect protect -> "never where " + written(protect.condition().span());
    };
  }

  private String per(List<Span> spans) {
    return spans.isEmpty()
        ? ""
        : " per " + spans.stream().map(this::written).collect(Collectors.joining(", "));
  }

  String times(Runbook.Verify verify) {
    if (verify.at() != null) {
      return verify.at().stream()
          .map(at -> written(at.span()))
          .collect(Collectors.joining(", ", "at ", ""));
    }
    List<String> said = new ArrayList<>();
    time("after ", verify.after(), said);
    time("within ", verify.within(), said);
    time("every ", verify.every(), said);
    time("for ", verify.sustained(), said);
    return String.join(", ", said);
  }

  private void time(String word, @Nullable ValueExpr time, List<String> said) {
    if (time != null) {
      said.add(word + written(time.span()));
    }
  }

  static String ids(List<Id> ids) {
    return ids.stream().map(Id::name).collect(Collectors.joining(", "));
  }
}
