package io.byteport.adapter.notify.teams;

import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.Answer;
import io.byteport.adapter.notify.http.ChannelSettings;
import io.byteport.adapter.notify.http.Destination;
import io.byteport.adapter.notify.http.Json;
import io.byteport.adapter.notify.http.Request;
import io.byteport.adapter.notify.http.Transport;
import io.byteport.adapter.notify.http.Verdict;
import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.ChannelType;
import io.byteport.engine.channel.Message;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.net.URI;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Posts a card through a workflow of Teams that waits for a webhook. Its address is a secret:
 * whoever knows it may write.
 */
public final class Teams implements Channel {
  /** What older webhooks say with the status 200. */
  private static final Pattern FAILED =
      Pattern.compile("(?i)delivery failed.*?HTTP error (\\d{3})", Pattern.DOTALL);

  private final ChannelSettings settings;
  private final Secret address;
  private final Transport transport;

  /** {@code teams}. */
  public static final class Type implements ChannelType {
    @Override
    public String name() {
      return "teams";
    }

    @Override
    public Teams open(Inventory.Entry entry, InstantSource clock) {
      return new Teams(new ChannelSettings(entry), new Transport(clock));
    }
  }

  Teams(ChannelSettings settings, Transport transport) {
    this.settings = settings;
    this.address = settings.credential("address");
    this.transport = transport;
  }

  @Override
  public void send(Message message) throws ChannelException, InterruptedException {
    Destination destination = settings.secretDestination(address);
    URI uri = destination.base();
    String body = Json.write(TeamsCard.payload(new Telling(message)));
    Request request = Request.post(uri, body).hiding(uri.getRawPath());
    if (uri.getRawQuery() != null) {
      request = request.hiding(uri.getRawQuery());
    }
    Answer answer = transport.send(request, Teams::words);
    Matcher failed = FAILED.matcher(answer.text());
    if (failed.find()) {
      String said = Verdict.message(answer, answer.text());
      int status = Integer.parseInt(failed.group(1));
      throw status == 429 || status >= 500
          ? ChannelException.later(said, null, null)
          : ChannelException.never(said, null);
    }
  }

  /** {@code {"error": {"code": "WorkflowNotFound", "message": "..."}}}. */
  private static String words(Answer answer) {
    String said = Json.text(answer.json().path("error"), "message");
    return said.isEmpty() ? answer.text() : said;
  }

  @Override
  public void close() {
    transport.close();
  }
}
