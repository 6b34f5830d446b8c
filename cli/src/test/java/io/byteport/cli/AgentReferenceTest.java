package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.action.ConnectionType;
import io.byteport.dsl.action.ConnectionType.Hearing;
import io.byteport.dsl.action.EntrySection;
import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentLoader;
import io.byteport.dsl.agent.HttpSettings;
import io.byteport.dsl.agent.StormSettings;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is written about the configuration of an agent is true; {@code -Dgolden.update=true} writes
 * the reference.
 */
class AgentReferenceTest {
  private static final Path GUIDE = Path.of("../docs/agent.md");
  private static final Path EXAMPLE = Path.of("../examples/agent/agent.yaml");
  private static final Path REFERENCE = Path.of("../docs/reference");
  private static final Pattern SNIPPET = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
  private static final Pattern SECTION = Pattern.compile("(?m)^([a-z][A-Za-z]+):");
  private static final String HEAD = "apiVersion: byteport.io/v1\nkind: Agent\n";
  private static final ActionCatalogue CATALOGUE =
      ClasspathCatalogue.load(AgentReferenceTest.class.getClassLoader()).value().orElseThrow();

  @Test
  void what_the_guide_shows_is_sound() throws IOException {
    List<MatchResult> snippets = SNIPPET.matcher(Files.readString(GUIDE)).results().toList();
    assertThat(snippets).hasSizeGreaterThan(6);
    for (MatchResult snippet : snippets) {
      String text = snippet.group(1);
      SourceFile file =
          new SourceFile("agent.yaml", text.startsWith("apiVersion") ? text : HEAD + text);
      assertThat(
              new DiagnosticPrinter(false).print(AgentLoader.load(file, CATALOGUE).diagnostics()))
          .isEmpty();
    }
  }

  @Test
  void the_numbers_that_the_guide_calls_usual_are_those_that_hold_without_a_word()
      throws IOException {
    AgentConfiguration least = configuration("");
    String guide = Files.readString(GUIDE);
    for (String section : List.of("http", "storm")) {
      String snippet =
          SNIPPET
              .matcher(guide)
              .results()
              .map(one -> one.group(1))
              .filter(text -> text.startsWith(section + ":"))
              .findFirst()
              .orElseThrow();
      assertThat(configuration(snippet)).as(section).isEqualTo(least);
    }
  }

  @Test
  void each_number_of_http_and_storm_can_be_set() {
    AgentConfiguration set =
        configuration(
            """
            http:
              body: 2Mi
              source: { perSecond: 20, burst: 40 }
              webhooks: 6
              connections: 204
              streams: 21
              headWithin: 11s
              bodyWithin: 21s
              idle: 61s
            storm:
              node: { atOnce: 3, within: 9 }
              namespace: { atOnce: 6, within: 21 }
              cluster: { atOnce: 11 }
              window: 11m
            """);

    assertThat(set.http())
        .isEqualTo(
            new HttpSettings(
                new DataSize(2 << 20),
                new HttpSettings.Rate(20, 40),
                6,
                204,
                21,
                Duration.ofSeconds(11),
                Duration.ofSeconds(21),
                Duration.ofSeconds(61)));
    assertThat(set.storm())
        .isEqualTo(
            new StormSettings(
                new StormSettings.Near(3, 9),
                new StormSettings.Near(6, 21),
                new StormSettings.Near(11, 40),
                Duration.ofMinutes(11)));
  }

  private static AgentConfiguration configuration(String text) {
    return AgentLoader.load(new SourceFile("agent.yaml", HEAD + text), CATALOGUE)
        .value()
        .orElseThrow();
  }

  @Test
  void the_example_is_sound_with_the_library_and_shows_every_section_that_the_guide_names()
      throws IOException {
    Program checked = Program.run("validate", EXAMPLE.toString());

    assertThat(checked.out() + checked.err())
        .isEqualTo("1 file checked, nothing to complain about\n");
    assertThat(checked.status()).isZero();
    assertThat(SECTION.matcher(Files.readString(EXAMPLE)).results().map(one -> one.group(1)))
        .contains("sources", "channels", "runbooks")
        .filteredOn(section -> !List.of("apiVersion", "kind").contains(section))
        .allSatisfy(section -> assertThat(Files.readString(GUIDE)).contains("`" + section + "`"));
  }

  @ParameterizedTest
  @EnumSource(names = {"SOURCES", "CHANNELS"})
  void the_reference_says_what_the_catalogues_say(EntrySection section) throws IOException {
    Path page = REFERENCE.resolve(section.key() + ".md");
    String fresh = section == EntrySection.SOURCES ? sources() : channels();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(page, fresh);
    }
    assertThat(Files.readString(page)).isEqualTo(fresh);
  }

  private static String sources() {
    StringBuilder page =
        new StringBuilder(
            """
            # Types of sources

            What an entry under `sources` of an [agent's configuration](../agent.md#where-signals-come-from) may say, by its `type`; `!` marks what it
            must. `webhook`, `every`, `emitResolved` and `rules` stand beside. Written from the catalogues.
            """);
    types(EntrySection.SOURCES)
        .forEach(
            type -> {
              page.append("\n## ").append(type.name()).append("\n\n").append(type.doc());
              page.append(heard(type.hearing())).append('\n');
              TypeTables.add(page, type);
            });
    return page.toString();
  }

  private static String heard(@Nullable Hearing hearing) {
    if (hearing == null) {
      return "";
    }
    List<String> ways = new ArrayList<>();
    if (hearing.calls()) {
      ways.add(
          "it calls a `webhook`"
              + (hearing.callNeeded().isEmpty()
                  ? ""
                  : " with " + words(hearing.callNeeded(), "` and `"))
              + (hearing.proofs().isEmpty()
                  ? ""
                  : ", which " + words(hearing.proofs(), "` or `") + " proves"));
    }
    if (hearing.polled()) {
      ways.add(
          hearing.needed().isEmpty()
              ? "it is asked"
              : "with " + words(hearing.needed(), "` and `") + " it is asked");
    }
    return "\n\nHeard thus: " + String.join("; ", ways) + ".";
  }

  private static String words(List<String> words, String between) {
    return "`" + String.join(between, words) + "`";
  }

  private static String channels() {
    StringBuilder page =
        new StringBuilder(
            """
            # Types of channels

            What an entry under `channels` of an [agent's configuration](../agent.md#whom-it-tells) may say, by its `type`; `!` marks what it must.
            `minSeverity`, `mentionOnCritical` and `templates` stand beside. Written from the catalogues.
            """);
    types(EntrySection.CHANNELS)
        .forEach(
            type -> {
              page.append("\n## ").append(type.name()).append("\n\n").append(type.doc());
              page.append(" To runbooks: `").append(type.kind()).append("`.\n");
              TypeTables.add(page, type);
            });
    return page.toString();
  }

  private static List<ConnectionType> types(EntrySection section) {
    Map<String, ConnectionType> sorted = new TreeMap<>(CATALOGUE.types(section));
    assertThat(sorted).isNotEmpty();
    return List.copyOf(sorted.values());
  }
}
