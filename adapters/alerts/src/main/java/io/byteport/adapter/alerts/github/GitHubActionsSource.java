package io.byteport.adapter.alerts.github;

import io.byteport.adapter.alerts.Wired;
import io.byteport.adapter.alerts.proof.BodySignature;
import io.byteport.adapter.alerts.proof.ProvedReceiver;
import io.byteport.adapter.alerts.reading.Bodies;
import io.byteport.adapter.alerts.web.Accounts;
import io.byteport.adapter.alerts.web.Credentials;
import io.byteport.adapter.cloud.github.GitHubAccount;
import io.byteport.adapter.cloud.github.ListRuns;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.source.Delivered;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.Received;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Inventory;
import java.util.List;

/**
 * {@code github-actions}: polled through a connection of the type github for {@code repositories},
 * and hears the event workflow_run, signed in {@code X-Hub-Signature-256} with the credential
 * {@code hmacSha256}. See {@link DeployRuns}.
 */
public final class GitHubActionsSource implements SourceType {

  @Override
  public String name() {
    return "github-actions";
  }

  @Override
  public Source open(Inventory.Entry entry, Surroundings surroundings) {
    DeployRuns deploys = new DeployRuns(entry.texts("workflows"));
    Accounts accounts =
        entry.text("connection").isPresent() ? new Accounts(surroundings.clock()) : null;
    Poller poller =
        accounts == null
            ? null
            : new RunPoller(
                new ListRuns(new GitHubAccount(surroundings.connections(), accounts.transport())),
                entry.texts("repositories"),
                entry.text("connection").orElse(""),
                deploys,
                accounts,
                surroundings.clock());
    return new Wired(
        poller,
        new ProvedReceiver(
            BodySignature.of(new Credentials(entry), "hmacSha256", "X-Hub-Signature-256"),
            delivered -> read(deploys, delivered)),
        null,
        () -> {
          if (accounts != null) {
            accounts.close();
          }
        });
  }

  private static Received read(DeployRuns deploys, Delivered delivered) {
    Json body = Bodies.json(delivered);
    String event = delivered.header("X-GitHub-Event").orElse("");
    if (body.isMissing() || body.isList()) {
      return ProvedReceiver.malformed("an event of GitHub");
    }
    return new Received.Accepted(
        event.equals("workflow_run")
            ? deploys.posted(body, delivered.receivedAt()).stream().toList()
            : List.of());
  }
}
