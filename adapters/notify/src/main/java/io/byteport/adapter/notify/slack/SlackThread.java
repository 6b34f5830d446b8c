package io.byteport.adapter.notify.slack;

import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.ChannelSettings;
import io.byteport.adapter.notify.http.Transport;
import io.byteport.adapter.notify.slack.SlackHistory.Posted;
import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.ChannelType;
import io.byteport.engine.channel.Message;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bot that writes into one channel of Slack, with a thread for each incident of a day. What calls
 * for hands is shown in the channel too.
 */
public final class SlackThread implements Channel {
  private static final Duration SAME_THREAD = Duration.ofHours(24);

  private final String channel;
  private final SlackApi api;
  private final SlackHistory history;

  /** {@code slack-thread}. */
  public static final class Type implements ChannelType {
    @Override
    public String name() {
      return "slack-thread";
    }

    @Override
    public SlackThread open(Inventory.Entry entry, InstantSource clock) {
      return new SlackThread(new ChannelSettings(entry), new Transport(clock));
    }
  }

  SlackThread(ChannelSettings settings, Transport transport) {
    this.channel = settings.needed("channel");
    if (!channel.matches("[CG][A-Z0-9]{6,20}")) {
      throw new IllegalArgumentException(
          "expected a channel by its id such as `C024BE91L`, found `" + channel + "`");
    }
    this.api = new SlackApi(settings, transport);
    this.history = new SlackHistory(api);
  }

  @Override
  public void send(Message message) throws ChannelException, InterruptedException {
    Telling telling = new Telling(message);
    Optional<Posted> begun =
        history.beginning(channel, telling.incident(), message.subject().at().minus(SAME_THREAD));
    if (begun.isPresent()) {
      Posted first = begun.get();
      boolean known = first.notice().equals(telling.key());
      if (known
          || (first.answers() > 0 && history.isAnswered(channel, first.thread(), telling.key()))) {
        return;
      }
    }
    try {
      api.post("chat.postMessage", payload(telling, channel, begun.map(Posted::thread)));
    } catch (SlackApi.Refused refused) {
      throw refused.never();
    }
  }

  /** What is posted. */
  static Map<String, Object> payload(Telling telling, String channel, Optional<String> thread) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("channel", channel);
    if (thread.isPresent()) {
      payload.put("thread_ts", thread.get());
      if (telling.tone().callsForHands()) {
        payload.put("reply_broadcast", true);
      }
    }
    payload.putAll(SlackBlocks.payload(telling));
    payload.put("metadata", SlackHistory.metadata(telling));
    return payload;
  }

  @Override
  public void close() {
    api.close();
  }
}
