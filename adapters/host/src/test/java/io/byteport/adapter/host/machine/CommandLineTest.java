package io.byteport.adapter.host.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private static final String SHOW = "for a in \"$@\"; do printf '%s\\0' \"$a\"; done";

  @Property(tries = 300)
  void a_shell_takes_a_line_apart_into_the_words_that_it_was_made_of(
      @ForAll("words") List<String> words) throws Exception {
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", SHOW, "sh"));
    all.addAll(words);
    assertThat(run(CommandLine.of(all))).isEqualTo(words);
  }

  @Property(tries = 100)
  void the_first_word_is_a_program_whatever_it_is_called(@ForAll("name") String name)
      throws Exception {
    String line =
        "exec 2>&1; PATH=/nowhere; "
            + CommandLine.of(List.of(name.isEmpty() ? "x" : name, "argument"))
            + "; echo end-$?";
    Process shell = new ProcessBuilder("/bin/sh", "-s").redirectErrorStream(true).start();
    try (var in = shell.getOutputStream()) {
      in.write(line.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(said).isZero();
    assertThat(said.strip()).matches("(?s).*end-12[67]");
  }

  @Provide
  Arbitrary<List<String>> words() {
    Arbitrary<Character> odd =
        Arbitraries.of(
            "'\"\\$`;&|<>(){}[]*?~#!= \t\n\r\u001b-%^,a0é€"
                .chars()
                .mapToObj(c -> (char) c)
                .toList());
    Arbitrary<Character> any = Arbitraries.chars().range('\u0001', '\ud7ff');
    return Arbitraries.oneOf(odd, odd, any)
        .list()
        .ofMaxSize(12)
        .map(CommandLineTest::text)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  /** Names that no program of the shell has, and that are no path. */
  @Provide
  Arbitrary<String> name() {
    return Arbitraries.oneOf(
        Arbitraries.of("if", "then", "{", "}", "!", "case", "a=b", "~", "*", "for", "time", "#x"),
        Arbitraries.of('\'', '"', '$', '`', ';', '&', ' ', 'x', 'q', '=')
            .list()
            .ofMinSize(1)
            .ofMaxSize(6)
            .map(CommandLineTest::text));
  }

  private static String text(List<Character> characters) {
    StringBuilder text = new StringBuilder();
    characters.forEach(text::append);
    return text.toString();
  }

  private static List<String> run(String line) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("/bin/sh", "-s").start();
    try (var in = shell.getOutputStream()) {
      in.write(line.getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).isZero();
    List<String> words = new ArrayList<>(List.of(out.split("\0", -1)));
    words.removeLast();
    return words;
  }

  @Test
  void words_that_need_no_quotes_have_none() {
    assertThat(CommandLine.of(List.of("df", "-PTk", "--x=/var/log", "a b", "")))
        .isEqualTo("df -PTk --x=/var/log 'a b' ''");
    assertThat(CommandLine.of(List.of("if", "x"))).isEqualTo("'if' x");
  }

  @Test
  void a_word_with_nul_is_none() {
    assertThatThrownBy(() -> CommandLine.of(List.of("a", "b\0c")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
