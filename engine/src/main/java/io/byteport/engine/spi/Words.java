package io.byteport.engine.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The words of an enum, in declared order. */
final class Words {
  private final Map<String, Enum<?>> constants = new LinkedHashMap<>();
  private final Map<Enum<?>, String> words = new LinkedHashMap<>();

  Words(Class<? extends Enum<?>> type) {
    for (Enum<?> constant : type.getEnumConstants()) {
      String word = wordOf(type, constant);
      if (constants.put(word, constant) != null) {
        throw new IllegalArgumentException(type.getName() + " has the word `" + word + "` twice");
      }
      words.put(constant, word);
    }
  }

  private static String wordOf(Class<?> type, Enum<?> constant) {
    try {
      Word declared = type.getField(constant.name()).getAnnotation(Word.class);
      return declared == null ? constant.name().toLowerCase(Locale.ROOT) : declared.value();
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Constants by word. */
  Map<String, Enum<?>> constants() {
    return Collections.unmodifiableMap(constants);
  }

  String of(Enum<?> constant) {
    String word = words.get(constant);
    if (word == null) {
      throw new IllegalArgumentException("not a constant of this enum: " + constant);
    }
    return word;
  }
}
