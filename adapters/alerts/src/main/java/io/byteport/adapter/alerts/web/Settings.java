package io.byteport.adapter.alerts.web;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.dsl.value.Value;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;

/** Reads the settings of a source. Pure. */
public final class Settings {
  private Settings() {}

  /** A setting that is a duration. */
  public static Duration duration(Inventory.Entry entry, String name, Duration otherwise) {
    return entry.settings().get(name) instanceof Value.DurationValue duration
        ? duration.value()
        : otherwise;
  }

  /** A setting that is a number. */
  public static double number(Inventory.Entry entry, String name, double otherwise) {
    return entry.settings().get(name) instanceof Value.NumberValue number
        ? number.value()
        : otherwise;
  }

  /** A setting that is true or false. */
  public static boolean flag(Inventory.Entry entry, String name, boolean otherwise) {
    return entry.settings().get(name) instanceof Value.BooleanValue flag ? flag.value() : otherwise;
  }

  /**
   * Where the source is.
   *
   * @throws SourceException if that is no address
   */
  public static Address address(Inventory.Entry entry, String usual) throws SourceException {
    String text = entry.text("address").orElse(usual);
    try {
      return Address.of(text);
    } catch (IllegalArgumentException wrong) {
      throw new SourceException(
          "the address of `" + entry.name() + "` is not usable: " + wrong.getMessage(),
          null,
          wrong);
    }
  }
}
