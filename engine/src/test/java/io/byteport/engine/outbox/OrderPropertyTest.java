package io.byteport.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.Message;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.VirtualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Whatever fails, a channel hears of an incident in the order in which it was told. */
class OrderPropertyTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int INCIDENTS = 3;

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void messages_of_an_incident_arrive_in_order_and_all_but_those_given_up(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int messages) {
    Random random = new Random(seed);
    VirtualTimers timers = new VirtualTimers(NOON);
    Recorder mail = new Recorder();
    Recorder chat = new Recorder();
    Map<String, Recorder> channels = Map.of("mail", mail, "chat", chat);
    Map<String, Set<String>> refused = new LinkedHashMap<>();
    channels.forEach(
        (name, channel) -> {
          Set<String> never = refused.computeIfAbsent(name, one -> new HashSet<>());
          channel.mood = message -> trouble(random, message, never);
        });
    try (SqlRunStore store = SqlRunStore.inMemory(Redactor.SHAPES_ONLY)) {
      Post post = new Post(store, timers, channels);
      post.courier.start();
      Map<String, List<String>> said = new LinkedHashMap<>();
      for (int i = 0; i < messages; i++) {
        String target = "pod/" + random.nextInt(INCIDENTS);
        post.say(target, "message " + i);
        said.computeIfAbsent(target, none -> new ArrayList<>()).add("message " + i);
        if (random.nextInt(5) == 0) {
          post.courier.close();
          post = new Post(store, timers, channels);
          post.courier.start();
        }
        if (random.nextBoolean()) {
          timers.advanceTo(timers.clock().instant().plusMillis(random.nextInt(3_000)));
        }
      }
      timers.advanceTo(timers.clock().instant().plus(Duration.ofHours(6)));

      channels.forEach(
          (name, channel) ->
              said.forEach(
                  (target, titles) -> {
                    List<String> expected = new ArrayList<>(titles);
                    expected.removeAll(refused.getOrDefault(name, Set.of()));
                    assertThat(channel.titles(target))
                        .as(name + " of " + target)
                        .isEqualTo(expected);
                  }));
      assertThat(store.outbox().load("mail").waiting()).isZero();
      assertThat(store.outbox().load("mail").dead())
          .isEqualTo(refused.getOrDefault("mail", Set.of()).size());
    }
  }

  private static @Nullable ChannelException trouble(
      Random random, Message message, Set<String> never) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> ChannelException.later("busy", null, null);
      case 2 -> ChannelException.later("slow down", Duration.ofSeconds(random.nextInt(20)), null);
      case 3 -> {
        never.add(message.notice().title());
        yield ChannelException.never("no such room", null);
      }
      default -> null;
    };
  }
}
