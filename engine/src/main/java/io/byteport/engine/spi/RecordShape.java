package io.byteport.engine.spi;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The components of a record type in order, and its constructor, ready for use. */
record RecordShape(Constructor<?> constructor, Map<String, Component> components) {

  RecordShape {
    components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
  }

  static RecordShape of(Class<?> type) {
    if (!type.isRecord()) {
      throw new IllegalArgumentException(type.getName() + " is not a record");
    }
    RecordComponent[] parts = type.getRecordComponents();
    Map<String, Component> components = new LinkedHashMap<>();
    for (RecordComponent part : parts) {
      Method accessor = part.getAccessor();
      accessor.setAccessible(true);
      components.put(part.getName(), new Component(part.getAnnotatedType(), accessor));
    }
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return new RecordShape(constructor, components);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * @throws InvocationTargetException if the constructor refuses
   */
  Object create(List<@Nullable Object> arguments) throws InvocationTargetException {
    try {
      return constructor.newInstance(arguments.toArray());
    } catch (ReflectiveOperationException e) {
      if (e instanceof InvocationTargetException refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    }
  }

  record Component(AnnotatedType type, Method accessor) {

    @Nullable Object get(Record record) {
      try {
        return accessor.invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + accessor, e);
      }
    }
  }
}
