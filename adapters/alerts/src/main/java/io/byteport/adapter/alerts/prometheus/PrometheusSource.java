package io.byteport.adapter.alerts.prometheus;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.web.Web;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;

/** {@code prometheus}: polled for the alerts that its rules make, and for what queries find. */
public final class PrometheusSource implements SourceType {

  @Override
  public String name() {
    return "prometheus";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    Web web = new Web(surroundings.clock());
    return Wired.of(new PrometheusPoller(entry, web, surroundings.clock()), null, web);
  }
}
