package io.byteport.adapter.alerts.prometheus;

import io.byteport.adapter.alerts.reading.Watched;
import io.byteport.adapter.alerts.web.Ask;
import io.byteport.adapter.alerts.web.Credentials;
import io.byteport.adapter.alerts.web.Settings;
import io.byteport.adapter.alerts.web.Web;
import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.spi.Inventory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for the alerts that fire, unless {@code alerts} is false, and makes every query. */
record PrometheusPoller(Inventory.Entry entry, Web web, InstantSource clock) implements Poller {

  @Override
  public Polled poll(@Nullable String cursor) throws SourceException, InterruptedException {
    List<Watched> queries = Watched.all(entry.texts("queries"));
    Address api = Settings.address(entry, "").at("api", "v1");
    Map<String, String> login = new Credentials(entry).login();
    List<Alert> alerts = new ArrayList<>();
    if (Settings.flag(entry, "alerts", true)) {
      Json answer = web.send(Ask.get(api.at("alerts"), login)).json();
      alerts.addAll(PrometheusAlerts.firing(sound(answer), clock.instant()));
    }
    for (Watched watched : queries) {
      Address query = api.at("query").with("query", watched.query());
      Json answer = sound(web.send(Ask.get(query, login)).json());
      String type = answer.text("data", "resultType");
      if (!"vector".equals(type)) {
        throw new SourceException(
            "expected a query that finds a vector, found one that finds "
                + (type == null ? "nothing" : "a " + type)
                + " (`"
                + watched.query()
                + "`)");
      }
      alerts.addAll(PrometheusAlerts.found(answer, watched, clock.instant()));
    }
    return Polled.everything(alerts);
  }

  private static Json sound(Json answer) throws SourceException {
    if (!"success".equals(answer.text("status"))) {
      String words = answer.text("error");
      throw new SourceException(words == null ? "the answer is no success" : words);
    }
    return answer;
  }
}
