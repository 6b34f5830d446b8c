package io.byteport.adapter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.agent.AgentLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.engine.channel.ChannelType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the page about channels to what is sent, and rewrites its examples. */
class ChannelsPageTest {
  private static final Path PAGE = Path.of("../../docs/channels.md");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Pattern EXAMPLE =
      Pattern.compile("(<!-- example: (\\S+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void its_examples_are_what_is_sent() throws IOException {
    String page = Files.readString(PAGE);
    String made = EXAMPLE.matcher(page).replaceAll(ChannelsPageTest::example);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(made);
    assertThat(made).contains("Escalated: oom_at_startup on pod/production");
  }

  private static String example(MatchResult example) {
    try {
      String file = example.group(2);
      String text = Files.readString(GOLDEN.resolve(file)).strip();
      String language = file.substring(file.lastIndexOf('.') + 1).replace("txt", "text");
      return Matcher.quoteReplacement(
          example.group(1) + "````" + language + "\n" + text + "\n````\n" + example.group(3));
    } catch (IOException missing) {
      throw new AssertionError(missing);
    }
  }

  @Test
  void its_configuration_is_sound_and_shows_every_channel() throws IOException {
    Matcher yaml = YAML.matcher(Files.readString(PAGE));
    assertThat(yaml.find()).isTrue();
    Checked<AgentConfiguration> read =
        AgentLoader.load(
            new SourceFile("agent.yaml", yaml.group(1)),
            ClasspathCatalogue.load(getClass().getClassLoader()).value().orElseThrow());
    assertThat(read.diagnostics()).isEmpty();
    assertThat(read.value().orElseThrow().channels().values())
        .extracting(channel -> channel.entry().type())
        .containsExactlyInAnyOrderElementsOf(
            ServiceLoader.load(ChannelType.class).stream().map(one -> one.get().name()).toList());
  }
}
