package io.byteport.adapter.alerts.render;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.proof.ProvedReceiver;
import io.byteport.adapter.alerts.proof.StandardSignature;
import io.byteport.adapter.alerts.reading.Bodies;
import io.byteport.adapter.alerts.web.Accounts;
import io.byteport.adapter.alerts.web.Credentials;
import io.byteport.adapter.alerts.web.Settings;
import io.byteport.adapter.cloud.render.ListDeploys;
import io.byteport.adapter.cloud.render.RenderDeploy;
import io.byteport.adapter.cloud.render.RenderService;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Polled;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code render}: polled through a connection of the type render for the deploys of {@code
 * services}, and hears webhooks, which are always signed. See {@link RenderEvents}.
 */
public final class RenderSource implements SourceType {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int NEWEST = 10;

  @Override
  public String name() {
    return "render";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    Accounts accounts =
        entry.text("connection").isPresent() ? new Accounts(surroundings.clock()) : null;
    return new Wired(
        accounts == null ? null : poller(entry, surroundings, accounts),
        new ProvedReceiver(
            new StandardSignature(
                new Credentials(entry), Settings.duration(entry, "replayWindow", WINDOW)),
            delivered ->
                RenderEvents.posted(Bodies.json(delivered), delivered.receivedAt())
                    .<Received>map(Received.Accepted::new)
                    .orElseGet(() -> ProvedReceiver.malformed("an event of Render"))),
        null,
        () -> close(accounts));
  }

  /** Says of each service whether its newest deploy failed; nothing of its servers. */
  private static Poller poller(
      Inventory.Entry entry, Surroundings surroundings, Accounts accounts) {
    ListDeploys deploys =
        new ListDeploys(new RenderService(surroundings.connections(), accounts.transport()));
    String connection = entry.text("connection").orElse("");
    return cursor -> {
      List<Alert> alerts = new ArrayList<>();
      for (String service : entry.texts("services")) {
        List<RenderDeploy> newest =
            accounts
                .ask(
                    context ->
                        deploys.read(new ListDeploys.Input(service, NEWEST, connection), context))
                .items();
        RenderEvents.listed(service, newest, surroundings.clock().instant()).ifPresent(alerts::add);
      }
      return Polled.since(alerts, "deploys");
    };
  }

  private static void close(@Nullable Accounts accounts) {
    if (accounts != null) {
      accounts.close();
    }
  }
}
