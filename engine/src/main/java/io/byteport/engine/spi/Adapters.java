package io.byteport.engine.spi;

import io.byteport.engine.channel.ChannelType;
import io.byteport.engine.source.SourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The adapters on the class path, opened together and closed together. Nothing else looks for
 * services.
 */
public final class Adapters implements AutoCloseable {
  private final List<Adapter> adapters;

  private Adapters(List<Adapter> adapters) {
    this.adapters = List.copyOf(adapters);
  }

  /** Makes every adapter that the class loader finds. Does not connect. */
  public static Adapters discover(Inventory inventory, ClassLoader loader) {
    List<Adapter> adapters = new ArrayList<>();
    for (AdapterProvider provider : ServiceLoader.load(AdapterProvider.class, loader)) {
      adapters.add(provider.create(inventory));
    }
    return new Adapters(adapters);
  }

  /** The types of sources that the class loader finds, by name. */
  public static Map<String, SourceType> sources(ClassLoader loader) {
    Map<String, SourceType> types = new TreeMap<>();
    ServiceLoader.load(SourceType.class, loader).forEach(type -> types.put(type.name(), type));
    return types;
  }

  /** The types of channels that the class loader finds, by name. */
  public static Map<String, ChannelType> channels(ClassLoader loader) {
    Map<String, ChannelType> types = new TreeMap<>();
    ServiceLoader.load(ChannelType.class, loader).forEach(type -> types.put(type.name(), type));
    return types;
  }

  public List<Adapter> all() {
    return adapters;
  }

  public ActionRegistry registry() {
    return new ActionRegistry(adapters);
  }

  /** Closes all, also where one of them fails to. */
  @Override
  public void close() {
    RuntimeException failure = null;
    for (Adapter adapter : adapters) {
      try {
        adapter.close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
