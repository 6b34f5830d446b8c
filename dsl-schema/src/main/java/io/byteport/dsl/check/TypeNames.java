package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.TypeName;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.TypeNotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The types that parameters, inputs and arguments declare: scalars, enums, kinds of the inventory,
 * records of the catalogue, lists and maps.
 */
final class TypeNames {
  private final ActionCatalogue catalogue;
  private final Findings findings;

  TypeNames(ActionCatalogue catalogue, Findings findings) {
    this.catalogue = catalogue;
    this.findings = findings;
  }

  /**
   * Resolves a written type.
   *
   * @param words what stands beside the type {@code enum}
   */
  Type resolve(TypeName written, List<String> words) {
    if (written.text().isEmpty()) {
      return Type.Special.UNKNOWN;
    }
    if (written.text().equals("enum")) {
      if (words.isEmpty()) {
        findings.add(
            DiagnosticCode.SCHEMA_MISSING_FIELD,
            written.span(),
            "expected `enum` with the words of the type, found none",
            "write `enum: [one, other]` beside it");
        return Type.Special.UNKNOWN;
      }
      return new EnumType(words);
    }
    TypeNotation.Parsed parsed = TypeNotation.parse(written.text(), this::named);
    for (TypeNotation.Problem problem : parsed.problems()) {
      Span span = inside(written, problem);
      if (problem.unknown() != null) {
        findings.unknown(
            DiagnosticCode.NAME_UNKNOWN_TYPE, new Id(problem.unknown(), span), "a type", known());
      } else {
        findings.add(DiagnosticCode.NAME_UNKNOWN_TYPE, span, problem.message(), null);
      }
    }
    return parsed.problems().isEmpty() ? parsed.type() : Type.Special.UNKNOWN;
  }

  /** Where in the file a fault is; the whole type where it is quoted. */
  private static Span inside(TypeName written, TypeNotation.Problem problem) {
    boolean plain = written.span().length() == written.text().length();
    return plain
        ? new Span(written.span().start() + problem.start(), written.span().start() + problem.end())
        : written.span();
  }

  private Optional<Type> named(String name) {
    return Optional.<Type>ofNullable(catalogue.inventory().get(name))
        .or(() -> Optional.ofNullable(catalogue.types().get(name)));
  }

  private List<String> known() {
    List<String> known = new ArrayList<>(TypeNotation.words());
    known.addAll(catalogue.inventory().keySet());
    known.addAll(catalogue.types().keySet());
    return known;
  }
}
