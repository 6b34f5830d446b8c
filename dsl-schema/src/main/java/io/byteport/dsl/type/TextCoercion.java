package io.byteport.dsl.type;

import com.google.re2j.Pattern;
import io.byteport.dsl.type.LiteralCoercion.Coerced;
import io.byteport.dsl.type.LiteralCoercion.Fits;
import io.byteport.dsl.type.LiteralCoercion.Misfit;
import io.byteport.dsl.type.Type.ListType;
import io.byteport.dsl.type.Type.Scalar;
import io.byteport.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes values of text that stands outside a runbook: labels, flags, environment variables. As for
 * constants in YAML, and: the words of a boolean in any case, a list as its elements with commas
 * between them, names of domains and paths in a form that is one.
 */
public final class TextCoercion {
  private static final int LONGEST_DOMAIN = 253;
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*)(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*))*\\.?");

  private TextCoercion() {}

  /** Makes a value of a type that is no entry of the inventory. Never throws. */
  public static Coerced coerce(String text, Type type) {
    Type wanted = type.nonNull();
    if (wanted instanceof ListType list) {
      return list(text, list);
    }
    if (wanted == Scalar.DOMAIN) {
      return domain(text);
    }
    if (wanted == Scalar.PATH) {
      return path(text);
    }
    String word = wanted == Scalar.BOOLEAN ? text.toLowerCase(Locale.ROOT) : text;
    return LiteralCoercion.coerce(Value.of(word), wanted);
  }

  /** The elements of a list as it is written on one line. */
  public static List<String> elements(String text) {
    List<String> elements = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        elements.add(part.strip());
      }
    }
    return elements;
  }

  private static Coerced list(String text, ListType type) {
    List<Value> items = new ArrayList<>();
    for (String element : elements(text)) {
      switch (coerce(element, type.element())) {
        case Fits fits -> items.add(fits.value());
        case Misfit misfit -> {
          return misfit;
        }
      }
    }
    return new Fits(Value.of(items));
  }

  private static Coerced domain(String text) {
    return text.length() <= LONGEST_DOMAIN && DOMAIN.matches(text)
        ? new Fits(Value.of(text))
        : new Misfit("Expected the name of a domain, found `" + text + "`", null, "");
  }

  private static Coerced path(String text) {
    boolean control = text.chars().anyMatch(Character::isISOControl);
    boolean upwards = List.of(text.split("/", -1)).contains("..");
    return text.isEmpty() || control || upwards
        ? new Misfit("Expected a path without `..`, found `" + text + "`", null, "")
        : new Fits(Value.of(text));
  }
}
