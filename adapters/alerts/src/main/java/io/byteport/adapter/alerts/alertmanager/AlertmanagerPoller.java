package io.byteport.adapter.alerts.alertmanager;

import io.byteport.adapter.alerts.web.Ask;
import io.byteport.adapter.alerts.web.Credentials;
import io.byteport.adapter.alerts.web.Settings;
import io.byteport.adapter.alerts.web.Web;
import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.spi.Inventory;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API v2 of Alertmanager, or of what speaks as it does, for all that fires and is neither
 * silenced nor inhibited. Settings: {@code address} and {@code filter}, matchers such as {@code
 * team="dba"}. Credentials: {@code token}, or {@code username} and {@code password}.
 *
 * @param folder of the API, below the address
 */
public record AlertmanagerPoller(
    Inventory.Entry entry, List<String> folder, ManagedAlerts alerts, Web web, InstantSource clock)
    implements Poller {

  public AlertmanagerPoller {
    folder = List.copyOf(folder);
  }

  @Override
  public Polled poll(@Nullable String cursor) throws SourceException, InterruptedException {
    Address address =
        Settings.address(entry, "")
            .at(folder.toArray(String[]::new))
            .at("api", "v2", "alerts")
            .with("active", "true")
            .with("silenced", "false")
            .with("inhibited", "false");
    for (String matcher : entry.texts("filter")) {
      address = address.with("filter", matcher);
    }
    Json list = web.send(Ask.get(address, new Credentials(entry).login())).json();
    if (!list.isList()) {
      throw new SourceException("expected a list of alerts, found something else");
    }
    return Polled.everything(alerts.listed(list, clock.instant()));
  }
}
