package io.byteport.adapter.notify.slack;

import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.ChannelSettings;
import io.byteport.adapter.notify.http.Json;
import io.byteport.adapter.notify.http.Transport;
import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.ChannelType;
import io.byteport.engine.channel.Message;
import io.byteport.engine.spi.Inventory;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A bot that gives each incident a channel of Slack of its own, and invites people to it. The room
 * is found again by its name; where it was archived, the next one has a number at its end.
 */
public final class SlackRoom implements Channel {
  private static final int MOST_PAGES = 20;
  private static final int MOST_ROOMS = 20;

  private final String prefix;
  private final List<String> invited;
  private final SlackApi api;
  private final SlackHistory history;

  /** {@code slack-bot}. */
  public static final class Type implements ChannelType {
    @Override
    public String name() {
      return "slack-bot";
    }

    @Override
    public SlackRoom open(Inventory.Entry entry, InstantSource clock) {
      return new SlackRoom(new ChannelSettings(entry), new Transport(clock));
    }
  }

  /**
   * A room that is there.
   *
   * @param people how many are in it, the bot among them
   */
  private record Room(String id, boolean archived, int people) {}

  SlackRoom(ChannelSettings settings, Transport transport) {
    this.prefix = settings.text("prefix").orElse("inc-");
    if (!prefix.matches("[a-z0-9_-]{1,20}")) {
      throw new IllegalArgumentException(
          "expected a prefix such as `inc-`, in lower case and of at most 20 characters, found `"
              + prefix
              + "`");
    }
    this.invited = settings.entry().texts("invite");
    this.api = new SlackApi(settings, transport);
    this.history = new SlackHistory(api);
  }

  @Override
  public void send(Message message) throws ChannelException, InterruptedException {
    Telling telling = new Telling(message);
    try {
      String room = room(telling);
      if (!history.isIn(room, telling.key())) {
        api.post("chat.postMessage", SlackThread.payload(telling, room, Optional.empty()));
      }
    } catch (SlackApi.Refused refused) {
      throw refused.never();
    }
  }

  private String room(Telling telling)
      throws ChannelException, SlackApi.Refused, InterruptedException {
    String name = RoomName.of(prefix, telling);
    try {
      return create(name);
    } catch (SlackApi.Refused taken) {
      if (!taken.word().equals("name_taken")) {
        throw taken;
      }
    }
    Map<String, Room> rooms = rooms(name);
    if (rooms.isEmpty()) {
      throw ChannelException.never(
          "the name `" + name + "` is taken by a channel that this bot cannot see", null);
    }
    for (int number = 1; number <= MOST_ROOMS; number++) {
      String next = RoomName.numbered(name, number);
      Room known = rooms.get(next);
      if (known == null) {
        return create(next);
      }
      if (!known.archived()) {
        if (known.people() <= 1) {
          invite(known.id());
        }
        return known.id();
      }
    }
    throw ChannelException.never(
        "all " + MOST_ROOMS + " rooms of `" + name + "` are archived", null);
  }

  private String create(String name)
      throws ChannelException, SlackApi.Refused, InterruptedException {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("name", name);
    arguments.put("is_private", false);
    JsonNode made = api.post("conversations.create", arguments);
    String id = Json.text(made.path("channel"), "id");
    invite(id);
    return id;
  }

  private void invite(String room) throws ChannelException, SlackApi.Refused, InterruptedException {
    if (invited.isEmpty()) {
      return;
    }
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("channel", room);
    arguments.put("users", String.join(",", invited));
    arguments.put("force", true);
    try {
      api.post("conversations.invite", arguments);
    } catch (SlackApi.Refused refused) {
      if (!refused.word().equals("already_in_channel")) {
        throw refused;
      }
    }
  }

  /** Those whose name begins so, also archived ones. */
  private Map<String, Room> rooms(String name)
      throws ChannelException, SlackApi.Refused, InterruptedException {
    Map<String, Room> rooms = new LinkedHashMap<>();
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("types", "public_channel");
    arguments.put("exclude_archived", "false");
    arguments.put("limit", "1000");
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode said = api.get("conversations.list", arguments);
      for (JsonNode channel : said.path("channels")) {
        String found = Json.text(channel, "name");
        if (found.startsWith(name)) {
          rooms.put(
              found,
              new Room(
                  Json.text(channel, "id"),
                  channel.path("is_archived").asBoolean(false),
                  channel.path("num_members").asInt(2)));
        }
      }
      String next = Json.text(said.path("response_metadata"), "next_cursor");
      if (next.isEmpty()) {
        break;
      }
      arguments.put("cursor", next);
    }
    return rooms;
  }

  @Override
  public void close() {
    api.close();
  }
}
