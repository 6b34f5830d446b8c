package io.byteport.dsl.fuzz;

import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.TypedExpr.RootKind;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.type.Type.EnumType;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.MapType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.type.Type.SeriesType;
import io.byteport.dsl.type.Type.Special;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A scope with a name for every kind of type; each name with a 0 at its end may be null. */
public final class ManyTypes {
  /** The names without null and their types. */
  public static final Map<String, Type> NAMES = names();

  public static final Scope SCOPE = scope();

  private ManyTypes() {}

  private static Map<String, Type> names() {
    Map<String, Type> names = new LinkedHashMap<>();
    names.put("i", Scalar.INTEGER);
    names.put("n", Scalar.NUMBER);
    names.put("d", Scalar.DURATION);
    names.put("s", Scalar.SIZE);
    names.put("p", Scalar.PERCENT);
    names.put("t", Scalar.INSTANT);
    names.put("b", Scalar.BOOLEAN);
    names.put("x", Scalar.STRING);
    names.put("e", new EnumType(List.of("one", "two")));
    names.put("r", Scalar.REGEX);
    names.put("path", Scalar.PATH);
    names.put("host", Scalar.DOMAIN);
    names.put("j", Special.ANY);
    names.put("l", new ListType(Scalar.INTEGER));
    names.put("m", new MapType(Scalar.STRING));
    names.put("o", RecordType.of("Pod", Map.of("name", Scalar.STRING, "ready", Scalar.BOOLEAN)));
    names.put("h", new SeriesType(Scalar.PERCENT));
    return names;
  }

  private static Scope scope() {
    Scope scope = Scope.EMPTY;
    for (Map.Entry<String, Type> name : NAMES.entrySet()) {
      scope = scope.with(name.getKey(), RootKind.FACT, name.getValue());
      scope = scope.with(name.getKey() + "0", RootKind.FACT, name.getValue().orNull());
    }
    RecordType params = RecordType.of("params", Map.of("pattern", Scalar.REGEX));
    return scope
        .with("params", RootKind.LANGUAGE, params)
        .with("now", RootKind.LANGUAGE, Scalar.INSTANT);
  }
}
