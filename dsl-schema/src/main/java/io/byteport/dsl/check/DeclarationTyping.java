package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.model.Runbook.Input;
import io.byteport.dsl.model.Runbook.Param;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.model.ValueExpr.Constant;
import io.byteport.dsl.type.Assignment;
import io.byteport.dsl.type.Bounded;
import io.byteport.dsl.type.LiteralCoercion;
import io.byteport.dsl.type.LiteralCoercion.Fits;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types of parameters, inputs, arguments and the target. */
final class DeclarationTyping {
  private static final String TYPE = "type";

  private final Subject subject;
  private final Findings findings;
  private final ValueTyping values;
  private final TypeNames names;

  DeclarationTyping(Subject subject, Findings findings, ValueTyping values) {
    this.subject = subject;
    this.findings = findings;
    this.values = values;
    this.names = new TypeNames(subject.catalogue(), findings);
  }

  /**
   * Parameters, or arguments of a block. One without default may be null, unless the caller must
   * give it.
   */
  Map<String, Type> params(Map<String, Param> params, boolean given) {
    Map<String, Type> types = new LinkedHashMap<>();
    for (Param param : params.values()) {
      Type type = names.resolve(param.type(), param.words());
      values.optional(param.defaultValue(), Scope.EMPTY, type.orNull());
      bounds(param, type);
      boolean nullable = param.defaultValue() == null ? !given : isNull(param.defaultValue());
      types.put(param.id().name(), nullable ? type.orNull() : type);
    }
    return types;
  }

  private static boolean isNull(ValueExpr value) {
    return value instanceof Constant constant && constant.value().isNull();
  }

  private void bounds(Param param, Type type) {
    if ((param.minimum() != null || param.maximum() != null)
        && type != Special.UNKNOWN
        && !Assignment.isOrdered(type)) {
      findings.add(
          DiagnosticCode.EXPR_TYPE,
          param.type().span(),
          "expected a number or a quantity where there are bounds, found " + type,
          "leave `minimum` and `maximum` out");
      return;
    }
    Optional<Value> minimum = bound(param.minimum(), type);
    Optional<Value> maximum = bound(param.maximum(), type);
    Constant most = param.maximum();
    if (most != null
        && minimum.isPresent()
        && maximum.isPresent()
        && Bounded.compare(minimum.get(), maximum.get()) > 0) {
      outOfBounds(most, "at least", param.minimum());
      return;
    }
    if (param.defaultValue() instanceof Constant constant
        && LiteralCoercion.coerce(constant.value(), type.nonNull()) instanceof Fits fits) {
      minimum
          .filter(bound -> Bounded.compare(fits.value(), bound) < 0)
          .ifPresent(bound -> outOfBounds(constant, "at least", param.minimum()));
      maximum
          .filter(bound -> Bounded.compare(fits.value(), bound) > 0)
          .ifPresent(bound -> outOfBounds(constant, "at most", param.maximum()));
    }
  }

  private Optional<Value> bound(@Nullable Constant bound, Type type) {
    if (bound == null || type == Special.UNKNOWN) {
      return Optional.empty();
    }
    values.value(bound, Scope.EMPTY, type.nonNull());
    return LiteralCoercion.coerce(bound.value(), type.nonNull()) instanceof Fits fits
        ? Optional.of(fits.value())
        : Optional.empty();
  }

  private void outOfBounds(Constant found, String relation, @Nullable Constant bound) {
    String limit = bound == null ? "" : findings.file().text(bound.span());
    findings.add(
        DiagnosticCode.SCHEMA_OUT_OF_RANGE,
        found.span(),
        "expected "
            + relation
            + " `"
            + limit
            + "`, found `"
            + findings.file().text(found.span())
            + "`",
        null);
  }

  /** One that is neither required nor has a default may be null. */
  Map<String, Type> inputs(Scope scope) {
    Map<String, Type> types = new LinkedHashMap<>();
    for (Input input : subject.runbook().inputs().values()) {
      Type type = names.resolve(input.type(), input.words());
      values.optional(input.defaultValue(), scope, type.orNull());
      boolean given =
          input.required() || (input.defaultValue() != null && !isNull(input.defaultValue()));
      types.put(input.id().name(), given ? type : type.orNull());
    }
    return types;
  }

  /**
   * The type of {@code target}: the record of its type, and {@code type}. A target that is an entry
   * of the inventory is selected by its key or given whole under the name of its kind; what its key
   * alone does not say is null where the inventory does not know it.
   */
  Type target(Scope scope) {
    String kind = subject.runbook().target().type().name();
    RecordType record = subject.catalogue().targets().get(kind);
    RecordType entry = subject.catalogue().inventory().get(kind);
    if (record == null && entry == null) {
      Map<String, RecordType> known = new LinkedHashMap<>(subject.catalogue().targets());
      known.putAll(subject.catalogue().inventory());
      findings.unknown(
          DiagnosticCode.NAME_UNKNOWN_TYPE,
          subject.runbook().target().type(),
          "a type of target",
          known.keySet());
      fields(Map.of(), scope, false);
      return Special.UNKNOWN;
    }
    return record != null ? plain(record, scope) : selected(kind, entry, scope);
  }

  private Type plain(RecordType record, Scope scope) {
    fields(record.fields(), scope, true);
    for (String field : record.fields().keySet()) {
      if (record.requires(field) && !subject.runbook().target().fields().containsKey(field)) {
        missing(field);
      }
    }
    Map<String, Type> fields = new LinkedHashMap<>();
    fields.put(TYPE, Scalar.STRING);
    fields.putAll(record.fields());
    return new RecordType("target")
        .complete(fields, List.of(record), record.declaredKey(), record.defaults());
  }

  private void missing(String field) {
    findings.add(
        DiagnosticCode.SCHEMA_MISSING_FIELD,
        subject.runbook().target().type().span(),
        "expected `"
            + field
            + "` for a target of type `"
            + subject.runbook().target().type()
            + "`, found none",
        null);
  }

  private Type selected(String kind, @Nullable RecordType entry, Scope scope) {
    if (entry == null) {
      return Special.UNKNOWN;
    }
    boolean whole = subject.runbook().target().fields().containsKey(kind);
    Map<String, Type> given = new LinkedHashMap<>();
    if (whole) {
      given.put(kind, entry);
    } else {
      entry.key().forEach(name -> entry.field(name).ifPresent(type -> given.put(name, type)));
    }
    fields(given, scope, true);
    given.keySet().stream()
        .filter(name -> !subject.runbook().target().fields().containsKey(name))
        .forEach(this::missing);
    Map<String, Type> fields = new LinkedHashMap<>();
    fields.put(TYPE, Scalar.STRING);
    entry
        .fields()
        .forEach(
            (name, type) ->
                fields.put(name, whole || entry.key().contains(name) ? type : type.orNull()));
    fields.putIfAbsent(kind, whole ? entry : entry.orNull());
    return new RecordType("target").complete(fields, List.of(entry), entry.declaredKey());
  }

  private void fields(Map<String, Type> known, Scope scope, boolean closed) {
    for (ValueExpr.Entry field : subject.runbook().target().fields().values()) {
      Type type = known.get(field.key().name());
      if (type == null && closed) {
        findings.unknown(
            DiagnosticCode.SCHEMA_UNKNOWN_FIELD,
            field.key(),
            "a field of a target of type `" + subject.runbook().target().type() + "`",
            known.keySet());
      }
      values.value(field.value(), scope, type);
    }
  }
}
