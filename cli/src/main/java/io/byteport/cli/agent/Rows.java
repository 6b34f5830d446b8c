package io.byteport.cli.agent;

import io.byteport.engine.intake.SourceState;
import io.byteport.engine.outbox.ChannelLoad;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How it stands with each source and channel, asked of the store. */
record Rows(Agent agent) {

  Map<String, Double> degraded() {
    return sources(state -> state.degraded() == null ? 0 : 1);
  }

  Map<String, Double> firing() {
    return sources(SourceState::firing);
  }

  Map<String, Double> waiting() {
    return channels(ChannelLoad::waiting);
  }

  Map<String, Double> dead() {
    return channels(ChannelLoad::dead);
  }

  /** Whether there are messages that a channel would take now. */
  boolean isSending() {
    for (String name : agent.outside().recipients().keySet()) {
      ChannelLoad load = agent.store().outbox().load(name);
      if (load.waiting() > 0 && load.error() == null) {
        return true;
      }
    }
    return false;
  }

  private Map<String, Double> sources(ToDoubleFunction<SourceState> value) {
    Map<String, Double> rows = new LinkedHashMap<>();
    for (String name : agent.outside().sources().keySet()) {
      rows.put(name, value.applyAsDouble(agent.hearing().states().of(name)));
    }
    return rows;
  }

  private Map<String, Double> channels(ToDoubleFunction<ChannelLoad> value) {
    Map<String, Double> rows = new LinkedHashMap<>();
    for (String name : agent.outside().recipients().keySet()) {
      rows.put(name, value.applyAsDouble(agent.store().outbox().load(name)));
    }
    return rows;
  }
}
