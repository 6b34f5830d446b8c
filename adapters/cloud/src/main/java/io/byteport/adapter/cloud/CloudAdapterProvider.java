package io.byteport.adapter.cloud;

import io.byteport.adapter.cloud.http.EnvironmentProxies;
import io.byteport.adapter.cloud.http.Pauses;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.adapter.cloud.machine.Machine;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.AdapterProvider;
import io.byteport.engine.spi.Inventory;
import java.net.ProxySelector;
import java.util.random.RandomGenerator;

/** Makes the adapter of the families cloud, render, sentry, github and http. */
public final class CloudAdapterProvider implements AdapterProvider {

  @Override
  public Adapter create(Inventory inventory) {
    Machine machine = Machine.own();
    ProxySelector proxies =
        new EnvironmentProxies(machine.environment(), ProxySelector.getDefault());
    return new CloudAdapter(
        inventory, machine, new Transport(proxies, Pauses.real(), RandomGenerator.getDefault()));
  }
}
