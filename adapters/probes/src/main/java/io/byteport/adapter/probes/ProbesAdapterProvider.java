package io.byteport.adapter.probes;

import io.byteport.adapter.probes.tls.TrustRoots;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.AdapterProvider;
import io.byteport.engine.spi.Inventory;

/** Makes the probes over the machine's own network. */
public final class ProbesAdapterProvider implements AdapterProvider {
  @Override
  public Adapter create(Inventory inventory) {
    return new ProbesAdapter(inventory, TcpDialer.network(), TrustRoots.system());
  }
}
