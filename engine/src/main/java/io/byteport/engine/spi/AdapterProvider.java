package io.byteport.engine.spi;

/** Found by {@link java.util.ServiceLoader}; makes the adapter of one family or several. */
public interface AdapterProvider {

  /** Makes an adapter for what the inventory holds. Must not connect. */
  Adapter create(Inventory inventory);
}
