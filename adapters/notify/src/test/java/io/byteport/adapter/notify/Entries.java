package io.byteport.adapter.notify;

import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Channels as a configuration has them. */
public final class Entries {
  private final String kind;
  private final String type;
  private final Map<String, Value> settings = new LinkedHashMap<>();
  private final Map<String, Secret> credentials = new LinkedHashMap<>();

  private Entries(String kind, String type) {
    this.kind = kind;
    this.type = type;
  }

  public static Entries of(String kind, String type) {
    return new Entries(kind, type);
  }

  public Entries setting(String name, String value) {
    settings.put(name, Value.of(value));
    return this;
  }

  public Entries settings(String name, String... values) {
    settings.put(name, Value.of(Arrays.stream(values).map(Value::of).toList()));
    return this;
  }

  public Entries secret(String name, String value) {
    credentials.put(name, new Secret("the variable " + name, () -> value, known -> {}));
    return this;
  }

  /** One that is not there when it is needed. */
  public Entries missing(String name, FailureKind kindOfFailure) {
    credentials.put(
        name,
        new Secret(
            "the variable " + name,
            () -> {
              throw ActionException.refused(kindOfFailure, "the variable " + name + " is not set");
            },
            known -> {}));
    return this;
  }

  public Inventory.Entry entry() {
    return new Inventory.Entry(
        kind, type, "our-" + type, List.of(), settings, credentials, Map.of(), Map.of());
  }
}
