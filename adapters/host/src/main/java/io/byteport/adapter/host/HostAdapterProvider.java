package io.byteport.adapter.host;

import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.AdapterProvider;
import io.byteport.engine.spi.Inventory;

/** Makes the actions on the machines of an inventory. */
public final class HostAdapterProvider implements AdapterProvider {
  @Override
  public Adapter create(Inventory inventory) {
    return new HostAdapter(inventory);
  }
}
