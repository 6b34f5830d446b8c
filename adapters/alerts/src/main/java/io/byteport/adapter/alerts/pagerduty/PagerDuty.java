package io.byteport.adapter.alerts.pagerduty;

import io.byteport.adapter.alerts.web.Ask;
import io.byteport.adapter.alerts.web.Credentials;
import io.byteport.adapter.alerts.web.Reply;
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
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The REST API, version 2: asks for all open incidents, 100 a page and 10,000 at most, and resolves
 * those whose run resolved them. Settings: {@code address}, {@code serviceIds}, {@code subdomain},
 * {@code fromEmail}; the credential {@code token} needs to read and to write incidents.
 */
record PagerDuty(Inventory.Entry entry, Web web, InstantSource clock) implements Poller, Feedback {
  private static final String USUAL = "https://api.pagerduty.com";
  private static final int PAGE = 100;

  /** What its pages reach. */
  private static final int MOST = 10_000;

  @Override
  public Polled poll(@Nullable String cursor) throws SourceException, InterruptedException {
    List<Alert> alerts = new ArrayList<>();
    boolean more = true;
    for (int offset = 0; more && offset < MOST; offset += PAGE) {
      Json answer = web.send(ask("GET", page(offset), null)).json();
      List<Alert> found = Incidents.listed(answer, clock.instant());
      for (Alert alert : found) {
        owned(alert);
      }
      alerts.addAll(found);
      more = answer.isTrue("more");
    }
    if (more) {
      throw new SourceException("there are more than " + MOST + " open incidents");
    }
    return Polled.everything(alerts);
  }

  private Address page(int offset) throws SourceException {
    Address address =
        Settings.address(entry, USUAL)
            .at("incidents")
            .with("statuses[]", "triggered")
            .with("statuses[]", "acknowledged");
    for (String service : entry.texts("serviceIds")) {
      address = address.with("service_ids[]", service);
    }
    return address
        .with("sort_by", "created_at:asc")
        .with("limit", Integer.toString(PAGE))
        .with("offset", Integer.toString(offset));
  }

  /** A token of another account would resolve other people's incidents. */
  private void owned(Alert alert) throws SourceException {
    String subdomain = entry.text("subdomain").orElse("");
    if (subdomain.isEmpty() || alert.link() == null) {
      return;
    }
    String host;
    try {
      host = URI.create(alert.link()).getHost();
    } catch (IllegalArgumentException noAddress) {
      host = null;
    }
    if (host == null || !host.startsWith(subdomain + ".")) {
      throw new SourceException(
          "expected incidents of `" + subdomain + "`, found one of `" + host + "`");
    }
  }

  @Override
  public void ended(String fingerprint, Message message)
      throws ChannelException, InterruptedException {
    if (!"resolved".equals(message.subject().result())) {
      return;
    }
    try {
      Address incident = Settings.address(entry, USUAL).at("incidents", fingerprint);
      Reply resolved =
          web.send(
              ask(
                  "PUT",
                  incident,
                  Json.write(
                      Map.of(
                          "incident",
                          Map.of("type", "incident_reference", "status", "resolved")))));
      if (!isResolvedAlready(resolved)) {
        resolved.taken();
      }
      web.send(
              ask(
                  "POST",
                  incident.at("notes"),
                  Json.write(Map.of("note", Map.of("content", Note.of(message))))))
          .taken();
    } catch (SourceException unreachable) {
      throw ChannelException.later(
          String.valueOf(unreachable.getMessage()), unreachable.retryAfter(), unreachable);
    } catch (IllegalArgumentException noPlace) {
      throw ChannelException.never("`" + fingerprint + "` is no incident", noPlace);
    }
  }

  private static boolean isResolvedAlready(Reply reply) {
    return reply.status() == 400 && reply.text().contains("Incident Already Resolved");
  }

  private Ask ask(String method, Address address, @Nullable String content) throws SourceException {
    Map<String, String> secrets =
        Map.of("Authorization", "Token token=" + new Credentials(entry).needed("token"));
    Ask ask =
        content == null
            ? Ask.get(address, secrets)
            : Ask.json(method, address, secrets, content).with("From", from());
    return ask.with("Accept", "application/vnd.pagerduty+json;version=2");
  }

  private String from() throws SourceException {
    return entry
        .text("fromEmail")
        .orElseThrow(
            () ->
                new SourceException(
                    "the source `"
                        + entry.name()
                        + "` lacks `fromEmail`, in whose name incidents are resolved"));
  }
}
