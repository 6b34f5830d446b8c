package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.Param;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.type.Bounded;
import io.byteport.dsl.type.LiteralCoercion;
import io.byteport.dsl.type.LiteralCoercion.Coerced;
import io.byteport.dsl.type.LiteralCoercion.Fits;
import io.byteport.dsl.type.LiteralCoercion.Misfit;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.TextCoercion;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.Special;
import io.byteport.dsl.value.Value;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What environment variables say about parameters is of the parameters' types, within bounds. */
final class Environment implements Check {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)pass(word|wd|phrase)?|secret|token|credential|api[-_]?key|private[-_]?key|access[-_]?key");

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  @Override
  public void check(Subject subject, TypingPass.Typed typed, Findings findings) {
    for (Param param : subject.runbook().params().values()) {
      Id variable = param.env();
      String text = variable == null ? null : variables.get(variable.name());
      Type type = typed.params().getOrDefault(param.id().name(), Special.UNKNOWN);
      if (variable != null && text != null && !text.isBlank() && type != Special.UNKNOWN) {
        variable(param, variable, type, text.strip(), findings);
      }
    }
  }

  private static void variable(
      Param param, Id variable, Type type, String text, Findings findings) {
    Bounded bounded =
        new Bounded(
            type,
            type.nonNull().toString(),
            bound(param.minimum(), type),
            bound(param.maximum(), type));
    if (!(bounded.judged(made(text, type), text) instanceof Misfit misfit)) {
      return;
    }
    boolean secret =
        SECRET.matcher(variable.name()).find() || SECRET.matcher(param.id().name()).find();
    findings.add(
        DiagnosticCode.PARAM_ENVIRONMENT,
        variable.span(),
        secret
            ? "expected "
                + bounded.expected()
                + " in the environment variable `"
                + variable
                + "`, found something else, which is not shown"
            : misfit.message() + " in the environment variable `" + variable + "`",
        secret || misfit.hint() == null
            ? "set the variable to such a value, or unset it so that the default counts"
            : misfit.hint());
  }

  /** An entry of the inventory is selected by any text; which there are is known when it runs. */
  private static Coerced made(String text, Type type) {
    return type.nonNull() instanceof RecordType
        ? LiteralCoercion.coerce(Value.of(text), type)
        : TextCoercion.coerce(text, type);
  }

  private static @Nullable Value bound(ValueExpr.@Nullable Constant bound, Type type) {
    return bound != null
            && LiteralCoercion.coerce(bound.value(), type.nonNull()) instanceof Fits fits
        ? fits.value()
        : null;
  }
}
