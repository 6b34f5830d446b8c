package io.byteport.adapter.kubernetes;

import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.AdapterProvider;
import io.byteport.engine.spi.Inventory;

/** Makes the Kubernetes adapter. */
public final class KubernetesAdapterProvider implements AdapterProvider {

  @Override
  public Adapter create(Inventory inventory) {
    return new KubernetesAdapter(inventory);
  }
}
