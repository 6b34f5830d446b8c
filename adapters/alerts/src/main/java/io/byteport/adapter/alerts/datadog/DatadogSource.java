package io.byteport.adapter.alerts.datadog;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.web.Settings;
import io.byteport.adapter.alerts.web.Web;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;

/**
 * {@code datadog}: polled for its monitors and for metrics; told about what was repaired where
 * {@code postEvents} is true.
 */
public final class DatadogSource implements SourceType {

  @Override
  public String name() {
    return "datadog";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    Web web = new Web(surroundings.clock());
    Datadog api = new Datadog(entry, web, surroundings.clock());
    return new Wired(api, null, Settings.flag(entry, "postEvents", false) ? api : null, web::close);
  }
}
