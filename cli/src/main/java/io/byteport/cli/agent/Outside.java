package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelType;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.intake.MappedBody;
import io.byteport.engine.outbox.Courier;
import io.byteport.engine.outbox.Routes;
import io.byteport.engine.source.Source;
import io.byteport.engine.source.SourceType;
import io.byteport.engine.spi.Adapters;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources and channels that are open. After another configuration those that changed are opened
 * anew and the others stay. Used by one thread at a time; what it hands out is immutable.
 */
final class Outside implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outside.class);

  /** A source as it was opened. */
  record OpenSource(AgentConfiguration.Source configured, Secrets secrets, Source source) {}

  /** A channel as it was opened. */
  record OpenChannel(AgentConfiguration.Channel configured, Secrets secrets, Channel channel) {}

  private final Map<String, SourceType> sourceTypes;
  private final Map<String, ChannelType> channelTypes;
  private final Evaluator evaluator;
  private final InstantSource clock;
  private volatile Map<String, OpenSource> sources = Map.of();
  private volatile Map<String, OpenChannel> channels = Map.of();

  Outside(ClassLoader loader, Evaluator evaluator, InstantSource clock) {
    this.sourceTypes = Adapters.sources(loader);
    this.channelTypes = Adapters.channels(loader);
    this.evaluator = evaluator;
    this.clock = clock;
  }

  /** By name, in the order of the configuration. */
  Map<String, OpenSource> sources() {
    return sources;
  }

  Map<String, OpenChannel> channels() {
    return channels;
  }

  /** Everything that messages can go to: the channels, and sources that are told. */
  Map<String, Channel> recipients() {
    Map<String, Channel> recipients = new LinkedHashMap<>();
    channels.forEach((name, open) -> recipients.put(name, open.channel()));
    sources.forEach(
        (name, open) ->
            open.source()
                .feedback()
                .ifPresent(
                    feedback -> recipients.put(Routes.channel(name), Courier.channel(feedback))));
    return recipients;
  }

  /** The sources that hear what became of their alerts. */
  List<String> told() {
    return sources.entrySet().stream()
        .filter(open -> open.getValue().source().feedback().isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Opens what the settings say. Connects to nothing.
   *
   * @return what is not needed any more, to be closed when nobody uses it
   * @throws IllegalStateException if the program has no such type, which its own build should have
   *     seen
   */
  List<AutoCloseable> use(Settings settings) {
    List<AutoCloseable> gone = new ArrayList<>();
    Map<String, OpenSource> nextSources = new LinkedHashMap<>();
    settings
        .configuration()
        .sources()
        .forEach((name, one) -> nextSources.put(name, source(name, one, settings)));
    Map<String, OpenChannel> nextChannels = new LinkedHashMap<>();
    settings
        .configuration()
        .channels()
        .forEach((name, one) -> nextChannels.put(name, channel(name, one, settings)));
    for (OpenSource before : sources.values()) {
      if (nextSources.values().stream().noneMatch(open -> open.source().equals(before.source()))) {
        gone.add(before.source());
      }
    }
    for (OpenChannel before : channels.values()) {
      if (nextChannels.values().stream()
          .noneMatch(open -> open.channel().equals(before.channel()))) {
        gone.add(before.channel());
      }
    }
    sources = java.util.Collections.unmodifiableMap(nextSources);
    channels = java.util.Collections.unmodifiableMap(nextChannels);
    return gone;
  }

  private OpenSource source(String name, AgentConfiguration.Source wanted, Settings settings) {
    OpenSource before = sources.get(name);
    AgentConfiguration.Mapping mapping = wanted.mapping();
    if (before != null
        && before.secrets() == settings.secrets()
        && mapping == null
        && before.configured().mapping() == null
        && Sameness.ofEntries(before.configured().entry(), wanted.entry())) {
      return new OpenSource(wanted, before.secrets(), before.source());
    }
    SourceType type = sourceTypes.get(wanted.entry().type());
    if (type == null) {
      throw new IllegalStateException("no adapter has the source `" + wanted.entry().type() + "`");
    }
    Source opened =
        type.open(
            settings.secrets().entry(wanted.entry()),
            new SourceType.Surroundings(
                clock,
                settings.inventory(),
                mapping == null ? body -> List.of() : new MappedBody(mapping, evaluator, clock)));
    return new OpenSource(wanted, settings.secrets(), opened);
  }

  private OpenChannel channel(String name, AgentConfiguration.Channel wanted, Settings settings) {
    OpenChannel before = channels.get(name);
    if (before != null
        && before.secrets() == settings.secrets()
        && Sameness.ofEntries(before.configured().entry(), wanted.entry())) {
      return new OpenChannel(wanted, before.secrets(), before.channel());
    }
    ChannelType type = channelTypes.get(wanted.entry().type());
    if (type == null) {
      throw new IllegalStateException("no adapter has the channel `" + wanted.entry().type() + "`");
    }
    return new OpenChannel(
        wanted, settings.secrets(), type.open(settings.secrets().entry(wanted.entry()), clock));
  }

  static void close(AutoCloseable one) {
    try {
      one.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("something could not be closed: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    channels.values().forEach(open -> close(open.channel()));
    sources.values().forEach(open -> close(open.source()));
  }
}
