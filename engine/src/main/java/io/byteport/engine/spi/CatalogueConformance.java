package io.byteport.engine.spi;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.type.RecordType;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says where an action in Java and its description in the catalogue differ, so that what was
 * checked offline is what runs. Inputs and outputs agree in names, types and nullability. A record
 * within an input may lack fields of the catalogue's, since the action may not need them; one
 * within an output may not.
 */
public final class CatalogueConformance {
  private final RecordCodec codec = new RecordCodec();

  /** The differences, one sentence each; empty where action and description agree. */
  public List<String> differences(Action<?, ?> action, ActionDescription description) {
    return new Comparison(description.name()).compare(action, description);
  }

  /** One comparison, with what it has found so far. */
  private final class Comparison {
    private final String name;
    private final List<String> found = new ArrayList<>();
    private final Set<List<Object>> seen = new HashSet<>();

    Comparison(String name) {
      this.name = name;
    }

    List<String> compare(Action<?, ?> action, ActionDescription description) {
      if (!action.name().equals(name)) {
        differ("", "is called `" + action.name() + "` in Java");
      }
      boolean reads = action instanceof Action.Read;
      if (reads != (description.effect() == ActionDescription.Effect.READ)) {
        differ(
            "",
            "is described as "
                + description.effect()
                + ", but Java "
                + (reads ? "reads" : "changes"));
      }
      inputs(codec.shape(action.inputType()), description);
      output(action, description);
      return List.copyOf(found);
    }

    private void inputs(RecordShape shape, ActionDescription description) {
      description
          .inputs()
          .forEach(
              (input, described) -> {
                RecordShape.Component component = shape.components().get(input);
                if (component == null) {
                  differ(input, "is an input of the catalogue without a component in Java");
                  return;
                }
                boolean optional = !described.required() && described.defaultValue() == null;
                Type type = optional ? described.type().orNull() : described.type();
                boolean lenient = !described.required() && !optional;
                compare(component.type(), type, lenient, false, input);
              });
      shape.components().keySet().stream()
          .filter(component -> description.input(component).isEmpty())
          .forEach(
              component ->
                  differ(component, "is a component in Java, but no input of the catalogue"));
    }

    private void output(Action<?, ?> action, ActionDescription description) {
      Type output = description.output().nonNull();
      if (output instanceof RecordType record) {
        fields(codec.shape(action.outputType()), record, true, "output");
      } else {
        differ("output", "is " + output + " in the catalogue; an action returns a record");
      }
    }

    private void fields(RecordShape shape, RecordType record, boolean complete, String path) {
      if (!seen.add(List.of(shape, record))) {
        return;
      }
      shape
          .components()
          .forEach(
              (field, component) -> {
                String place = path + "." + field;
                Type type = record.fields().get(field);
                if (type == null) {
                  differ(place, "is a component in Java, but " + record + " has no such field");
                } else {
                  compare(component.type(), type, false, complete, place);
                }
              });
      if (complete) {
        record.fields().keySet().stream()
            .filter(field -> !shape.components().containsKey(field))
            .forEach(
                field ->
                    differ(
                        path + "." + field,
                        "is a field of " + record + " without a component in Java"));
      }
    }

    /**
     * @param lenient whether Java may take null although the catalogue does not: what has a default
     *     can be unset
     */
    private void compare(
        AnnotatedType java, Type described, boolean lenient, boolean complete, String path) {
      Type type = described.nonNull();
      boolean nullable = java.isAnnotationPresent(Nullable.class);
      if (type != Type.Special.ANY && nullable != described.mayBeNull() && !(lenient && nullable)) {
        differ(
            path,
            nullable
                ? "is @Nullable in Java, but never null in the catalogue"
                : "may be null in the catalogue, but is not @Nullable in Java");
      }
      if (!fits(java, type, complete, path)) {
        differ(
            path,
            "is " + type + " in the catalogue, but " + java.getType().getTypeName() + " in Java");
      }
    }

    private boolean fits(AnnotatedType java, Type type, boolean complete, String path) {
      java.lang.reflect.Type plain = java.getType();
      return switch (type) {
        case Type.Scalar scalar -> classes(scalar).contains(plain);
        case Type.EnumType words -> fitsWords(plain, words, complete, path);
        case Type.ListType list ->
            fitsPart(java, List.class, 0, list.element(), complete, path + "[]");
        case Type.SeriesType series -> fitsSeries(java, series, complete, path);
        case Type.MapType map -> fitsPart(java, Map.class, 1, map.value(), complete, path + ".*");
        case RecordType record -> {
          if (!(plain instanceof Class<?> raw) || !raw.isRecord()) {
            yield false;
          }
          fields(codec.shape(raw), record, complete, path);
          yield true;
        }
        case Type.Special special -> plain == Value.class;
        case Type.NullableType nested -> fits(java, nested.inner(), complete, path);
      };
    }

    private boolean fitsWords(
        java.lang.reflect.Type plain, Type.EnumType words, boolean complete, String path) {
      if (plain == String.class) {
        return !complete; // the catalogue's words were checked on the way in; on the way out Java
        // must vouch for them
      }
      if (!(plain instanceof Class<?> raw) || !raw.isEnum()) {
        return false;
      }
      Set<String> known = codec.words(raw).constants().keySet();
      Set<String> described = Set.copyOf(words.words());
      words.words().stream()
          .filter(word -> !complete && !known.contains(word))
          .forEach(
              word ->
                  differ(path, "may be `" + word + "` in the catalogue, which Java does not know"));
      known.stream()
          .filter(word -> !described.contains(word))
          .forEach(
              word ->
                  differ(path, "may be `" + word + "` in Java, which the catalogue does not know"));
      return true;
    }

    private boolean fitsPart(
        AnnotatedType java, Class<?> raw, int argument, Type part, boolean complete, String path) {
      if (!(java instanceof AnnotatedParameterizedType parameterized)
          || ((ParameterizedType) java.getType()).getRawType() != raw) {
        return false;
      }
      compare(
          parameterized.getAnnotatedActualTypeArguments()[argument], part, false, complete, path);
      return true;
    }

    private boolean fitsSeries(
        AnnotatedType java, Type.SeriesType series, boolean complete, String path) {
      Map<String, Type> point = new java.util.LinkedHashMap<>();
      point.put("at", Type.Scalar.INSTANT);
      point.put("value", series.value());
      return fitsPart(java, List.class, 0, RecordType.of("Point", point), complete, path + "[]");
    }

    private static Set<Class<?>> classes(Type.Scalar scalar) {
      return switch (scalar) {
        case STRING, REGEX, PATH, DOMAIN -> Set.of(String.class);
        case NUMBER -> Set.of(double.class, Double.class);
        case INTEGER -> Set.of(int.class, Integer.class, long.class, Long.class);
        case BOOLEAN -> Set.of(boolean.class, Boolean.class);
        case DURATION -> Set.of(Duration.class);
        case SIZE -> Set.of(DataSize.class);
        case PERCENT -> Set.of(Percent.class);
        case INSTANT -> Set.of(Instant.class);
      };
    }

    private void differ(String place, String what) {
      found.add("`" + name + "`" + (place.isEmpty() ? " " : ": `" + place + "` ") + what);
    }
  }
}
