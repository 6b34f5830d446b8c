package io.byteport.adapter.alerts.datadog;

import io.byteport.adapter.alerts.reading.Watched;
import io.byteport.adapter.alerts.web.Ask;
import io.byteport.adapter.alerts.web.Credentials;
import io.byteport.adapter.alerts.web.Settings;
import io.byteport.adapter.alerts.web.Web;
import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.Message;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Feedback;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.SourceException;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API, version 1: asks for monitors, 100 a page and 10,000 at most, with the children of
 * composite ones, and for metrics of the last five minutes; posts an event about a run that
 * resolved something. Settings: {@code site}, {@code address}, {@code monitorTags}, {@code
 * monitors}, {@code queries}; credentials {@code apiKey} and {@code appKey}.
 */
record Datadog(Inventory.Entry entry, Web web, InstantSource clock) implements Poller, Feedback {
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 100;
  private static final Duration BACK = Duration.ofMinutes(5);
  private static final int LONGEST_KEY = 100;

  @Override
  public Polled poll(@Nullable String cursor) throws SourceException, InterruptedException {
    Map<String, String> keys = keys();
    List<Threshold> thresholds = new ArrayList<>();
    for (Watched watched : Watched.all(entry.texts("queries"))) {
      thresholds.add(Threshold.of(watched));
    }
    List<Alert> alerts = new ArrayList<>();
    if (Settings.flag(entry, "monitors", true)) {
      List<Json> listed = monitors(keys);
      Monitors monitors = new Monitors(new MonitorSignals(known(listed, keys)), site());
      alerts.addAll(monitors.alerts(listed, clock.instant()));
    }
    Instant now = clock.instant();
    for (Threshold threshold : thresholds) {
      Address query =
          api()
              .at("query")
              .with("from", Long.toString(now.minus(BACK).getEpochSecond()))
              .with("to", Long.toString(now.getEpochSecond()))
              .with("query", threshold.metrics());
      Json answer = web.send(Ask.get(query, keys)).json();
      String error = answer.text("error");
      if (error != null && !error.isBlank()) {
        throw new SourceException(error + " (`" + threshold.metrics() + "`)");
      }
      alerts.addAll(threshold.found(answer, now));
    }
    return Polled.everything(alerts);
  }

  private List<Json> monitors(Map<String, String> keys)
      throws SourceException, InterruptedException {
    List<Json> listed = new ArrayList<>();
    for (int page = 0; page < MOST_PAGES; page++) {
      Address address =
          api()
              .at("monitor")
              .with("group_states", "alert,warn,no data")
              .with("monitor_tags", tags())
              .with("page", Integer.toString(page))
              .with("page_size", Integer.toString(PAGE));
      Json answer = web.send(Ask.get(address, keys)).json();
      if (!answer.isList()) {
        throw new SourceException("expected a list of monitors, found something else");
      }
      listed.addAll(answer.items());
      if (answer.items().size() < PAGE) {
        return listed;
      }
    }
    throw new SourceException("there are more than " + PAGE * MOST_PAGES + " monitors");
  }

  private @Nullable String tags() {
    List<String> tags = entry.texts("monitorTags");
    return tags.isEmpty() ? null : String.join(",", tags);
  }

  /** All that are listed, and those that composite ones in trouble consist of. */
  private Map<String, Json> known(List<Json> listed, Map<String, String> keys)
      throws SourceException, InterruptedException {
    Map<String, Json> known = new LinkedHashMap<>();
    for (Json monitor : listed) {
      String id = monitor.text("id");
      if (id != null) {
        known.put(id, monitor);
      }
    }
    for (Json monitor : listed) {
      if ("OK".equals(monitor.text("overall_state"))) {
        continue;
      }
      for (String child : MonitorSignals.children(monitor)) {
        if (!known.containsKey(child)) {
          known.put(child, web.send(Ask.get(api().at("monitor", child), keys)).json());
        }
      }
    }
    return known;
  }

  @Override
  public void ended(String fingerprint, Message message)
      throws ChannelException, InterruptedException {
    if (!"resolved".equals(message.subject().result())) {
      return;
    }
    try {
      web.send(
              Ask.json("POST", api().at("events"), keys(), Json.write(event(fingerprint, message))))
          .taken();
    } catch (SourceException unreachable) {
      throw ChannelException.later(
          String.valueOf(unreachable.getMessage()), unreachable.retryAfter(), unreachable);
    }
  }

  private static Map<String, Object> event(String fingerprint, Message message) {
    Message.Subject subject = message.subject();
    String key = message.incidentKey();
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("title", message.notice().title());
    event.put(
        "text",
        "The runbook "
            + subject.runbook()
            + " resolved it on "
            + subject.target()
            + ". "
            + message.link());
    event.put("alert_type", "success");
    event.put("aggregation_key", key.substring(0, Math.min(LONGEST_KEY, key.length())));
    event.put(
        "tags",
        List.of(
            "source:byteport",
            "signal_type:" + subject.signal(),
            "runbook:" + subject.runbook(),
            "run:" + message.run(),
            "monitor:" + fingerprint));
    return event;
  }

  private String site() {
    return entry.text("site").orElse("datadoghq.com");
  }

  private Address api() throws SourceException {
    return Settings.address(entry, "https://api." + site()).at("api", "v1");
  }

  private Map<String, String> keys() throws SourceException {
    Credentials credentials = new Credentials(entry);
    return Map.of(
        "DD-API-KEY",
        credentials.needed("apiKey"),
        "DD-APPLICATION-KEY",
        credentials.needed("appKey"));
  }
}
