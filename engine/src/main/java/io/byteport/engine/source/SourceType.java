package io.byteport.engine.source;

import io.byteport.engine.spi.Inventory;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * One kind of source, as {@code type} of a source names it; found by {@link
 * java.util.ServiceLoader}. Its settings and credentials are declared in the section {@code
 * sources} of a catalogue.
 */
public interface SourceType {

  /** As it is written after {@code type}: {@code alertmanager}. */
  String name();

  /**
   * Makes a source. Must not connect, and reads no secret.
   *
   * @param entry its settings and credentials, checked against what is declared
   */
  Source open(Inventory.Entry entry, Surroundings surroundings);

  /**
   * What a source may use.
   *
   * @param connections what it may reach beside its own address
   * @param mapping what the configuration says of how a body is read: from its text to alerts;
   *     makes nothing of it where the configuration says nothing. Throws {@link
   *     IllegalArgumentException} with the reason where the body is not what it expects.
   */
  record Surroundings(
      InstantSource clock, Inventory connections, Function<byte[], List<Alert>> mapping) {}
}
