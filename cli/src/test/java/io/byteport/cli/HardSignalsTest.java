package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A text that is meant to hurt the reader of signals is a signal or one sentence, soon. */
class HardSignalsTest {
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("nothing", ""),
          Map.entry("a byte order mark", "\uFEFF{\"type\": \"x\"}"),
          Map.entry("deep lists", "[".repeat(100_000)),
          Map.entry("deep labels", "{\"type\": \"x\", \"labels\": " + "{\"a\":".repeat(100_000)),
          Map.entry("a huge number", "{\"type\": \"x\", \"value\": 1e999999999}"),
          Map.entry("a long number", "{\"type\": \"x\", \"value\": " + "9".repeat(100_000) + "}"),
          Map.entry("a number as a label", "{\"type\": \"x\", \"labels\": {\"a\": 1e999999999}}"),
          Map.entry("a long text", "{\"type\": \"" + "x".repeat(30_000_000) + "\"}"),
          Map.entry("a long name", "{\"" + "x".repeat(1_000_000) + "\": 1}"),
          Map.entry("a control character", "{\"type\": \"\u0001\"}"),
          Map.entry("half a character", "{\"type\": \"\\ud800\"}"),
          Map.entry("a list as the type", "{\"type\": [\"x\"]}"),
          Map.entry("a text as the labels", "{\"type\": \"x\", \"labels\": \"x\"}"),
          Map.entry("a field of a prototype", "{\"type\": \"x\", \"__proto__\": {}}"),
          Map.entry("a type twice", "{\"type\": \"x\", \"type\": \"y\"}"),
          Map.entry("a date", "{\"type\": \"x\", \"startedAt\": \"2026-02-31T00:00:00Z\"}"),
          Map.entry(
              "a far date", "{\"type\": \"x\", \"startedAt\": \"+999999999-01-01T00:00:00Z\"}"),
          Map.entry("two documents", "{\"type\": \"x\"} {\"type\": \"y\"}"),
          Map.entry("YAML", "type: x"));

  @Test
  void is_a_signal_or_one_sentence() {
    TEXTS.forEach(
        (name, text) ->
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertAnswered(name, text)));
  }

  private static void assertAnswered(String name, String text) {
    try {
      assertThat(SignalReader.read("x.json", text, Instant.EPOCH).type()).as(name).isNotEmpty();
    } catch (IOException refused) {
      assertThat(refused.getMessage()).as(name).startsWith("signal x.json ");
    }
  }
}
