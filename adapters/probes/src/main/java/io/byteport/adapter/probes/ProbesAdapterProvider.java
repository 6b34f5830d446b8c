package io.byteport.adapter.probes;

import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.AdapterProvider;
import io.byteport.engine.spi.Inventory;

/** Makes the adapter of the probes, which need no inventory. */
public final class ProbesAdapterProvider implements AdapterProvider {

  @Override
  public Adapter create(Inventory inventory) {
    return new ProbesAdapter();
  }
}
